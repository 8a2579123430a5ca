import type { ServerResponse } from 'node:http'
import { GoogleError } from '../http/google-error.ts'
import type { HttpRequest } from '../http/http-server.ts'
import { readJsonObject } from '../http/read-body.ts'
import { createBlobWriter } from './blob-writer.ts'
import { commitObject, expectedChecksums } from './object-writes.ts'
import { checkPreconditions } from './preconditions.ts'
import { describeWrite } from './simple-upload.ts'
import type { StorageParts } from './storage-parts.ts'
import type { StoredObject } from './store.ts'
import type { UploadSession } from './upload-sessions.ts'

/** Opens a session; its URL, in `Location`, is all that a client needs to send the bytes. */
export async function startResumableUpload(
  parts: StorageParts,
  request: HttpRequest,
  response: ServerResponse,
): Promise<void> {
  const resource = await readJsonObject(request.message)
  if (!resource) throw new GoogleError(400, 'parseError', 'The body is no JSON object.')
  const contentType = request.header('x-upload-content-type')
  const write = describeWrite(request, { ...(contentType && { contentType }), ...resource })
  checkPreconditions(write.conditions, parts.store.object(write.bucket, write.name), 'write')
  const session = parts.sessions.create(write)
  const query = new URLSearchParams({
    uploadType: 'resumable',
    name: write.name,
    upload_id: session.uploadId,
  })
  const path = `/upload/storage/v1/b/${encodeURIComponent(write.bucket)}/o`
  response.writeHead(200, {
    location: `http://${request.header('host') ?? '127.0.0.1'}${path}?${query.toString()}`,
    'x-guploader-uploadid': session.uploadId,
    'content-length': '0',
  })
  response.end()
}

/**
 * Takes bytes of a session, or says how far it has come.
 *
 * Answers the object once it is complete; until then undefined, after a 308 with the `Range` that is kept.
 */
export function createResumableUploads(parts: StorageParts) {
  // A client that lost its connection starts again while the old request may still be read: the newest wins.
  const newest = new Map<string, symbol>()

  const receive = async (session: UploadSession, request: HttpRequest, range: ContentRange) => {
    const turn = Symbol(session.uploadId)
    newest.set(session.uploadId, turn)
    const writer = createBlobWriter(parts.blobs, session.dataId, {
      from: session.progress,
      onKept: (progress, write) => {
        if (newest.get(session.uploadId) !== turn) throw new GoogleError(409, 'conflict', 'Superseded.')
        parts.sessions.advance(session.uploadId, progress, write)
      },
    })
    let known = session.progress.size - range.start
    try {
      for await (const chunk of request.message as AsyncIterable<Buffer>) {
        writer.write(known > 0 ? chunk.subarray(known) : chunk)
        known -= Math.min(Math.max(known, 0), chunk.length)
      }
    } catch (error) {
      writer.flushQuanta()
      throw error
    }
    const received = range.start + (range.length ?? Infinity)
    const last = range.total === undefined ? range.length === undefined : received >= range.total
    if (last) writer.flush()
    else writer.flushQuanta()
    if (newest.get(session.uploadId) === turn) newest.delete(session.uploadId)
  }

  return async function continueResumableUpload(request: HttpRequest, response: ServerResponse) {
    const uploadId = request.query.get('upload_id') ?? ''
    const session = parts.sessions.get(uploadId)
    if (!session) throw new GoogleError(404, 'notFound', 'The upload session does not exist.')
    const range = contentRangeOf(request)
    if (session.completed) return drained(request, session.completed)
    if (!range.isQuery && range.start <= session.progress.size) await receive(session, request, range)
    const now = parts.sessions.get(uploadId) ?? session
    if (isComplete(now, range)) return finish(parts, now, request)
    request.message.resume()
    sendProgress(response, now.progress.size)
    return undefined
  }
}

/** Forgets a session and its bytes, as `DELETE` on its URL asks. */
export function cancelResumableUpload(parts: StorageParts, request: HttpRequest, response: ServerResponse) {
  const session = parts.sessions.get(request.query.get('upload_id') ?? '')
  if (!session || session.completed) {
    throw new GoogleError(404, 'notFound', 'The upload session does not exist.')
  }
  parts.sessions.remove(session.uploadId)
  parts.blobs.remove(session.dataId)
  response.writeHead(499, { 'content-length': '0' })
  response.end()
}

interface ContentRange {
  /** True for `bytes *\/N`: no bytes come, the client asks how far the upload is. */
  readonly isQuery: boolean
  readonly start: number
  /** How many bytes come, where the header says so. */
  readonly length: number | undefined
  /** The size of the whole object, where the header says so. */
  readonly total: number | undefined
}

function contentRangeOf(request: HttpRequest): ContentRange {
  const header = request.header('content-range')
  if (header === undefined) return { isQuery: false, start: 0, length: undefined, total: undefined }
  const match = /^bytes (?:(\*)|(\d+)-(\d+|\*))\/(\d+|\*)$/.exec(header)
  if (!match) throw new GoogleError(400, 'invalid', 'Failed to parse Content-Range header.')
  const [, query, start = '0', end, total] = match
  return {
    isQuery: query !== undefined,
    start: Number(start),
    length: end === undefined || end === '*' ? undefined : Number(end) + 1 - Number(start),
    total: total === '*' ? undefined : Number(total),
  }
}

function isComplete({ progress }: UploadSession, range: ContentRange): boolean {
  if (range.total !== undefined) return progress.size === range.total
  return !range.isQuery && range.length === undefined && range.start <= progress.size
}

async function finish(parts: StorageParts, session: UploadSession, request: HttpRequest) {
  const { dataId, progress, uploadId } = session
  const checksums = expectedChecksums({}, request.header)
  const expected = {
    crc32c: checksums.crc32c ?? session.write.expected.crc32c,
    md5Hash: checksums.md5Hash ?? session.write.expected.md5Hash,
  }
  const bytes = { ...progress, dataId, md5Hash: await parts.blobs.md5(dataId) }
  return commitObject({
    parts,
    write: { ...session.write, expected },
    bytes,
    also: (object) => parts.sessions.complete(uploadId, object),
  })
}

function drained(request: HttpRequest, object: StoredObject): StoredObject {
  request.message.resume()
  return object
}

function sendProgress(response: ServerResponse, size: number): void {
  response.writeHead(308, {
    ...(size > 0 && { range: `bytes=0-${size - 1}` }),
    'content-length': '0',
  })
  response.end()
}
