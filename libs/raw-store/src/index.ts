export { createGcsRawStore, type GcsRawStoreOptions } from './gcs-raw-store.ts'
export { parseObjectUri } from './object-uri.ts'
export {
  type AnnouncedObject,
  type ObjectRef,
  type OpenedObject,
  type RawObject,
  type RawStore,
} from './raw-store.ts'
