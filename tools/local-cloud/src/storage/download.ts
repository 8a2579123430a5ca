import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { HttpRequest } from '../http/http-server.ts'
import { etagOf } from './object-resource.ts'
import type { StorageParts } from './storage-parts.ts'
import type { StoredObject } from './store.ts'

/**
 * Streams the bytes of an object, or the `Range` asked for.
 *
 * Gzip objects go out as they are; only a client that does not accept gzip gets them inflated, and then whole.
 */
export async function sendMedia(
  parts: StorageParts,
  object: StoredObject,
  { request, response }: { request: HttpRequest; response: ServerResponse },
): Promise<void> {
  const inflates = isInflated(object, request)
  const headers = mediaHeaders(object, inflates)
  const range = inflates ? undefined : rangeOf(request.header('range'), object.size)
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${object.size}`, 'content-type': 'text/plain' })
    response.end('The requested range cannot be satisfied.')
    return
  }
  const { start, end } = range ?? { start: 0, end: object.size }
  const bytes = Readable.from(parts.blobs.read(object.dataId, start, end), { objectMode: false })
  if (inflates) {
    response.writeHead(200, { ...headers, warning: '214 UploadServer gunzipped' })
    await pipeline(bytes, createGunzip(), response)
    return
  }
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'accept-ranges': 'bytes',
    'content-length': String(end - start),
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${object.size}` }),
  })
  await pipeline(bytes, response)
}

function isInflated(object: StoredObject, request: HttpRequest): boolean {
  const keepsForm = /\bno-transform\b/.test(object.fields.cacheControl ?? '')
  const acceptsGzip = /\bgzip\b/.test(request.header('accept-encoding') ?? '')
  return object.fields.contentEncoding === 'gzip' && !acceptsGzip && !keepsForm
}

function mediaHeaders(object: StoredObject, inflates: boolean): Record<string, string> {
  const { contentType, contentEncoding, contentDisposition, contentLanguage, cacheControl, metadata } =
    object.fields
  const custom = Object.entries(metadata ?? {}).map(([key, value]) => [
    `x-goog-meta-${key}`,
    encodeURI(String(value)),
  ])
  return {
    'content-type': contentType ?? 'application/octet-stream',
    ...(contentEncoding && !inflates && { 'content-encoding': contentEncoding }),
    ...(contentDisposition && { 'content-disposition': contentDisposition }),
    ...(contentLanguage && { 'content-language': contentLanguage }),
    'cache-control': cacheControl ?? 'private, max-age=0',
    etag: etagOf(object),
    'last-modified': new Date(object.updated).toUTCString(),
    'x-goog-generation': String(object.generation),
    'x-goog-metageneration': String(object.metageneration),
    'x-goog-hash': `crc32c=${object.crc32c},md5=${object.md5Hash}`,
    'x-goog-storage-class': 'STANDARD',
    'x-goog-stored-content-encoding': contentEncoding ?? 'identity',
    'x-goog-stored-content-length': String(object.size),
    ...(Object.fromEntries(custom) as Record<string, string>),
  }
}

/** The one range of a `Range` header (end exclusive); undefined where the whole object is wanted. */
function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  if (match[1] === '') {
    const length = Number(match[2])
    if (length === 0 || size === 0) return 'unsatisfiable'
    return { start: Math.max(0, size - length), end: size }
  }
  const start = Number(match[1])
  const end = match[2] === '' ? size : Math.min(size, Number(match[2]) + 1)
  if (start >= size) return 'unsatisfiable'
  return end <= start ? undefined : { start, end }
}
