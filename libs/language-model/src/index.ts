export {
  type Answered,
  type Generation,
  type GenerationRequest,
  type LanguageModel,
  type ResponseSchema,
  type TokenUsage,
  type Unreachable,
  type UnreachableReason,
  type Withheld,
} from './language-model.ts'
export { type VertexOptions, createVertexLanguageModel } from './vertex-language-model.ts'
