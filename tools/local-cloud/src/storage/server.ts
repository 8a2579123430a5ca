import type { ServerResponse } from 'node:http'
import type { EmulatedService, ServiceContext } from '../emulated-service.ts'
import { GoogleError, injectedError, notImplemented } from '../http/google-error.ts'
import { type HttpRequest, type HttpRoute, startHttpServer } from '../http/http-server.ts'
import { sendJson } from '../http/send-json.ts'
import { createBlobStore } from './blob-store.ts'
import { BUCKET_OPERATIONS } from './bucket-routes.ts'
import { DOWNLOAD_OPERATION, OBJECT_OPERATIONS } from './object-routes.ts'
import { NOTIFICATION_OPERATIONS } from './notification-routes.ts'
import { createNotifications } from './notifications.ts'
import type { StorageOperation } from './storage-operation.ts'
import type { StorageParts } from './storage-parts.ts'
import { createStorageStore } from './store.ts'
import { uploadOperations } from './upload-routes.ts'
import { createUploadSessions } from './upload-sessions.ts'

export interface EmulatedStorage extends EmulatedService {
  /** Each bucket with its number of objects and bytes. */
  buckets(): { name: string; objects: number; bytes: number }[]
}

/** The JSON API is called with its public path, or without, as the Node client does with an emulator. */
const API_PATHS = ['/storage/v1', '']

interface Endpoint {
  readonly method: string
  readonly path: string
  readonly run: StorageOperation
}

/** Cloud Storage's JSON API over HTTP, for clients with `STORAGE_EMULATOR_HOST`. */
export async function startStorage(
  context: ServiceContext,
  options: { port: number },
): Promise<EmulatedStorage> {
  const { database } = context
  const blobs = createBlobStore(database)
  const sessions = createUploadSessions(database)
  const store = createStorageStore(database, blobs)
  database.exec(FORGET_ABANDONED_BYTES)
  const notifications = createNotifications(database, context.topics)
  const parts: StorageParts = { database, store, blobs, sessions, notifications }
  const server = await startHttpServer({
    port: options.port,
    routes: routesOf(context, parts),
    otherwise: (request) => {
      throw notImplemented(`Cloud Storage: ${request.method} ${request.path}`)
    },
    onError: sendError,
  })
  return {
    port: server.port,
    buckets: () => store.usage(),
    reset: () => {
      store.clearObjects()
      sessions.clear()
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function routesOf(context: ServiceContext, parts: StorageParts): HttpRoute[] {
  const routes: HttpRoute[] = []
  const add = (operation: string, prefix: string, endpoint: Endpoint) =>
    routes.push({
      method: endpoint.method,
      path: prefix + endpoint.path,
      handle: async (request, response) => {
        const code = await context.faults.take('storage', operation)
        if (code !== undefined) throw injectedError(code)
        const origin = `http://${request.header('host') ?? '127.0.0.1'}`
        await endpoint.run({ ...parts, request, response, origin })
      },
    })
  for (const [operation, endpoints] of Object.entries(uploadOperations(parts))) {
    for (const endpoint of endpoints) add(operation, '/upload/storage/v1', endpoint)
  }
  add('objects.get', '/download/storage/v1', DOWNLOAD_OPERATION)
  const operations = { ...BUCKET_OPERATIONS, ...NOTIFICATION_OPERATIONS, ...OBJECT_OPERATIONS }
  for (const [operation, endpoint] of Object.entries(operations)) {
    for (const prefix of API_PATHS) add(operation, prefix, endpoint)
  }
  return routes
}

function sendError(error: unknown, request: HttpRequest, response: ServerResponse): void {
  request.message.resume()
  const refusal =
    error instanceof GoogleError
      ? error
      : new GoogleError(500, 'internalError', `Internal error: ${String(error)}`)
  if (refusal.status === 304) response.writeHead(304).end()
  // The media endpoints answer their errors as a bare sentence.
  else if (request.query.get('alt') === 'media') {
    response.writeHead(refusal.status, { 'content-type': 'text/html; charset=UTF-8' }).end(refusal.message)
  } else sendJson(response, { status: refusal.status, body: refusal.body() })
}

const FORGET_ABANDONED_BYTES = `
  DELETE FROM storage_bytes
  WHERE data_id NOT IN (SELECT data_id FROM storage_objects)
    AND data_id NOT IN (SELECT data_id FROM storage_sessions WHERE completed IS NULL)`
