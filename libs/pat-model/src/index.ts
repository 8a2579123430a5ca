export { type PatGolden } from './golden.ts'
export { type PatEmbedding } from './inference-messages.ts'
export { type PatManifest } from './manifest.ts'
export {
  EMBEDDING_SIZE,
  type LoadPatModelOptions,
  type PatModel,
  WEEK_MINUTES,
  loadPatModel,
} from './pat-model.ts'
export { type Standardised, standardise } from './standardise.ts'
