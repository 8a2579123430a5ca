import { GoogleError, notImplemented } from '../http/google-error.ts'
import { readJsonObject } from '../http/read-body.ts'
import { sendJson } from '../http/send-json.ts'
import { bucketResource } from './object-resource.ts'
import { checkPreconditions, preconditionsOf } from './preconditions.ts'
import type { StorageOperation } from './storage-operation.ts'
import type { StorageStore, StoredBucket } from './store.ts'

/** The bucket, or 404 as Cloud Storage words it. */
export function existingBucket(store: StorageStore, name: string | undefined): StoredBucket {
  const bucket = store.bucket(name ?? '')
  if (!bucket) throw new GoogleError(404, 'notFound', 'The specified bucket does not exist.')
  return bucket
}

const insertBucket: StorageOperation = async ({ store, request, response, origin }) => {
  const body = await readJsonObject(request.message)
  const name = body?.['name']
  if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/.test(name)) {
    throw new GoogleError(400, 'invalid', 'Invalid bucket name.')
  }
  refuseVersioning(body)
  if (store.bucket(name)) {
    const message = 'Your previous request to create the named bucket succeeded and you already own it.'
    throw new GoogleError(409, 'conflict', message)
  }
  const now = new Date().toISOString()
  const bucket = { name, timeCreated: now, updated: now, metageneration: 1, fields: body ?? {} }
  store.putBucket(bucket)
  sendJson(response, { body: bucketResource(bucket, origin) })
}

const getBucket: StorageOperation = ({ store, request, response, origin }) => {
  sendJson(response, { body: bucketResource(existingBucket(store, request.params['bucket']), origin) })
}

const listBuckets: StorageOperation = ({ store, request, response, origin }) => {
  const prefix = request.query.get('prefix') ?? ''
  const items = store.buckets().filter(({ name }) => name.startsWith(prefix))
  sendJson(response, {
    body: { kind: 'storage#buckets', items: items.map((item) => bucketResource(item, origin)) },
  })
}

const patchBucket: StorageOperation = async ({ store, request, response, origin }) => {
  const change = await readJsonObject(request.message)
  if (!change) throw new GoogleError(400, 'parseError', 'The body is no JSON object.')
  refuseVersioning(change)
  const present = existingBucket(store, request.params['bucket'])
  checkPreconditions(preconditionsOf(request.query), { ...present, generation: 0 }, 'write')
  const bucket = {
    ...present,
    updated: new Date().toISOString(),
    metageneration: present.metageneration + 1,
    fields: { ...present.fields, ...change },
  }
  store.putBucket(bucket)
  sendJson(response, { body: bucketResource(bucket, origin) })
}

const deleteBucket: StorageOperation = ({ store, request, response }) => {
  const bucket = existingBucket(store, request.params['bucket'])
  checkPreconditions(preconditionsOf(request.query), { ...bucket, generation: 0 }, 'write')
  if (store.objects(bucket.name, { prefix: '', from: '', limit: 1 }).length > 0) {
    throw new GoogleError(409, 'conflict', 'The bucket you tried to delete is not empty.')
  }
  store.removeBucket(bucket.name)
  response.writeHead(204)
  response.end()
}

function refuseVersioning(body: Record<string, unknown> | undefined): void {
  const versioning = body?.['versioning'] as { enabled?: unknown } | null | undefined
  if (versioning?.enabled === true) throw notImplemented('Object versioning (buckets.versioning)')
}

/** Operation name → operation and where it is called. */
export const BUCKET_OPERATIONS = {
  'buckets.insert': { method: 'POST', path: '/b', run: insertBucket },
  'buckets.list': { method: 'GET', path: '/b', run: listBuckets },
  'buckets.get': { method: 'GET', path: '/b/:bucket', run: getBucket },
  'buckets.patch': { method: 'PATCH', path: '/b/:bucket', run: patchBucket },
  'buckets.delete': { method: 'DELETE', path: '/b/:bucket', run: deleteBucket },
} as const
