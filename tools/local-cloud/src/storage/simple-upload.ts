import { createHash, randomUUID } from 'node:crypto'
import type { HttpRequest } from '../http/http-server.ts'
import { GoogleError } from '../http/google-error.ts'
import { parseJsonObject } from '../http/read-body.ts'
import { createBlobWriter } from './blob-writer.ts'
import { commitObject, expectedChecksums, fieldsOf, type ObjectWrite } from './object-writes.ts'
import { checkPreconditions, preconditionsOf } from './preconditions.ts'
import { readRelatedParts } from './related-parts.ts'
import type { StorageParts } from './storage-parts.ts'
import type { StoredObject } from './store.ts'

/** An upload whose metadata, if any, are in the query (`uploadType=media`). */
export async function uploadMedia(parts: StorageParts, request: HttpRequest): Promise<StoredObject> {
  const contentEncoding = request.query.get('contentEncoding')
  const resource = {
    name: request.query.get('name') ?? undefined,
    contentType: request.header('content-type'),
    ...(contentEncoding && { contentEncoding }),
  }
  return keep(parts, describeWrite(request, resource), request.message)
}

/** An upload of metadata and bytes in one `multipart/related` body (`uploadType=multipart`). */
export async function uploadMultipart(parts: StorageParts, request: HttpRequest): Promise<StoredObject> {
  const related = await readRelatedParts(request.message, request.header('content-type') ?? '')
  try {
    const resource = parseJsonObject(related.metadata)
    if (!resource) throw new GoogleError(400, 'parseError', 'The metadata part is no JSON object.')
    const write = describeWrite(request, {
      ...(related.mediaType && { contentType: related.mediaType }),
      ...resource,
    })
    return await keep(parts, write, related.media)
  } catch (error) {
    // A client reads the refusal only when it has sent everything.
    for await (const _ of related.media);
    throw error
  }
}

/** What an upload request announces; the name may stand in the query or in the resource. */
export function describeWrite(request: HttpRequest, resource: Record<string, unknown>): ObjectWrite {
  const name = request.query.get('name') ?? resource['name']
  if (typeof name !== 'string' || name === '') throw new GoogleError(400, 'required', 'Required: name')
  if (Buffer.byteLength(name) > 1024)
    throw new GoogleError(400, 'invalid', 'The object name is longer than 1024 bytes.')
  return {
    bucket: request.params['bucket'] ?? '',
    name,
    fields: fieldsOf(resource),
    conditions: preconditionsOf(request.query),
    expected: expectedChecksums(resource, request.header),
  }
}

async function keep(
  parts: StorageParts,
  write: ObjectWrite,
  source: AsyncIterable<Buffer>,
): Promise<StoredObject> {
  const { store, blobs } = parts
  checkPreconditions(write.conditions, store.object(write.bucket, write.name), 'write')
  const dataId = randomUUID()
  const writer = createBlobWriter(blobs, dataId)
  const md5 = createHash('md5')
  try {
    for await (const chunk of source) {
      md5.update(chunk)
      writer.write(chunk)
    }
    writer.flush()
    const bytes = { ...writer.progress(), dataId, md5Hash: md5.digest('base64') }
    return commitObject({ parts, write, bytes })
  } catch (error) {
    blobs.remove(dataId)
    throw error
  }
}
