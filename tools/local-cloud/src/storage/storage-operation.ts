import type { ServerResponse } from 'node:http'
import type { HttpRequest } from '../http/http-server.ts'
import type { StorageParts } from './storage-parts.ts'

export interface StorageCall extends StorageParts {
  readonly request: HttpRequest
  readonly response: ServerResponse
  /** `http://host:port` as the client wrote it: the base of the links in answers. */
  readonly origin: string
}

/** One operation of the JSON API; it answers, or throws a GoogleError. */
export type StorageOperation = (call: StorageCall) => Promise<void> | void
