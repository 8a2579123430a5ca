import { inTransaction } from '../database.ts'
import { GoogleError } from '../http/google-error.ts'
import { readJsonObject } from '../http/read-body.ts'
import { sendJson } from '../http/send-json.ts'
import { existingBucket } from './bucket-routes.ts'
import { sendMedia } from './download.ts'
import { listObjects as pageOfObjects } from './list-objects.ts'
import { fieldsOf } from './object-writes.ts'
import { etagOf, objectResource } from './object-resource.ts'
import { checkPreconditions, preconditionsOf, wholeNumber } from './preconditions.ts'
import type { StorageCall, StorageOperation } from './storage-operation.ts'
import type { ObjectFields, StoredObject } from './store.ts'

const getObject: StorageOperation = async (call) => {
  if (call.request.query.get('alt') === 'media') return downloadObject(call)
  const object = existingObject(call, 'read')
  sendJson(call.response, {
    body: objectResource(object, call.origin),
    headers: { etag: etagOf(object) },
  })
}

const downloadObject: StorageOperation = (call) => sendMedia(call, existingObject(call, 'read'), call)

const listObjects: StorageOperation = ({ store, request, response, origin }) => {
  const bucket = existingBucket(store, request.params['bucket'])
  const page = pageOfObjects(store, bucket.name, request.query)
  sendJson(response, {
    body: {
      kind: 'storage#objects',
      ...(page.objects.length > 0 && { items: page.objects.map((item) => objectResource(item, origin)) }),
      ...(page.prefixes.length > 0 && { prefixes: page.prefixes }),
      ...(page.nextPageToken && { nextPageToken: page.nextPageToken }),
    },
  })
}

const patchObject: StorageOperation = async (call) => {
  const change = await readJsonObject(call.request.message)
  if (!change) throw new GoogleError(400, 'parseError', 'The body is no JSON object.')
  const present = existingObject(call, 'write')
  const object: StoredObject = {
    ...present,
    metageneration: present.metageneration + 1,
    updated: new Date().toISOString(),
    fields: mergeFields(present.fields, change),
  }
  inTransaction(call.database, () => {
    call.store.putObject(object)
    call.notifications.notify({ type: 'OBJECT_METADATA_UPDATE', object })
  })
  sendJson(call.response, { body: objectResource(object, call.origin) })
}

const deleteObject: StorageOperation = (call) => {
  const object = existingObject(call, 'write')
  inTransaction(call.database, () => {
    call.store.removeObject(object)
    call.notifications.notify({ type: 'OBJECT_DELETE', object })
  })
  call.response.writeHead(204)
  call.response.end()
}

/** The object of the path, in the generation asked for, under the conditions asked for. */
function existingObject({ store, request }: StorageCall, access: 'read' | 'write'): StoredObject {
  const bucket = existingBucket(store, request.params['bucket'])
  const name = request.params['object'] ?? ''
  const generation = wholeNumber(request.query, 'generation')
  const object = store.object(bucket.name, name)
  if (!object || (generation !== undefined && generation !== object.generation)) {
    throw new GoogleError(404, 'notFound', `No such object: ${bucket.name}/${name}`)
  }
  checkPreconditions(preconditionsOf(request.query), object, access)
  return object
}

/** A patch: a field that is null goes; custom metadata are merged key by key. */
function mergeFields(present: ObjectFields, change: Record<string, unknown>): ObjectFields {
  const merged: Record<string, unknown> = { ...present, ...fieldsOf(change) }
  for (const [name, value] of Object.entries(change)) if (value === null) delete merged[name]
  if (change['metadata']) {
    const metadata = { ...present.metadata, ...(change['metadata'] as Record<string, string | null>) }
    merged['metadata'] = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null))
  }
  return merged
}

/** Operation name → operation and where it is called. */
export const OBJECT_OPERATIONS = {
  'objects.list': { method: 'GET', path: '/b/:bucket/o', run: listObjects },
  'objects.get': { method: 'GET', path: '/b/:bucket/o/:object', run: getObject },
  'objects.patch': { method: 'PATCH', path: '/b/:bucket/o/:object', run: patchObject },
  'objects.delete': { method: 'DELETE', path: '/b/:bucket/o/:object', run: deleteObject },
} as const

/** The media download under its own path. */
export const DOWNLOAD_OPERATION = {
  method: 'GET',
  path: '/b/:bucket/o/:object',
  run: downloadObject,
} as const
