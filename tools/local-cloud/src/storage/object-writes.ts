import { inTransaction } from '../database.ts'
import { GoogleError } from '../http/google-error.ts'
import type { BlobProgress } from './blob-writer.ts'
import { encodeCrc32c } from './crc32c.ts'
import { checkPreconditions, type Preconditions } from './preconditions.ts'
import type { StorageParts } from './storage-parts.ts'
import type { ObjectFields, StoredObject } from './store.ts'

/** What an upload announces before its bytes: where they go, how the object is described, what must hold. */
export interface ObjectWrite {
  readonly bucket: string
  readonly name: string
  readonly fields: ObjectFields
  readonly conditions: Preconditions
  /** Checksums that the client computed (base64); the upload is refused where they differ. */
  readonly expected: { readonly crc32c?: string | undefined; readonly md5Hash?: string | undefined }
}

const FIELD_NAMES = [
  'contentType',
  'contentEncoding',
  'contentDisposition',
  'contentLanguage',
  'cacheControl',
  'customTime',
  'storageClass',
  'metadata',
] as const

/** What a client may set, out of an object resource. */
export function fieldsOf(resource: Record<string, unknown>): ObjectFields {
  return Object.fromEntries(
    FIELD_NAMES.filter((name) => resource[name] !== undefined && resource[name] !== null).map((name) => [
      name,
      resource[name],
    ]),
  )
}

/** The checksums in an object resource and in the headers `X-Goog-Hash` and `Content-MD5`. */
export function expectedChecksums(
  resource: Record<string, unknown>,
  header: (name: string) => string | undefined,
): ObjectWrite['expected'] {
  const hashes = new Map<string, string>()
  for (const pair of (header('x-goog-hash') ?? '').split(',')) {
    const at = pair.indexOf('=')
    if (at > 0) hashes.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim())
  }
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    crc32c: hashes.get('crc32c') ?? text(resource['crc32c']),
    md5Hash: hashes.get('md5') ?? header('content-md5') ?? text(resource['md5Hash']),
  }
}

/**
 * Makes written bytes the object of that name and notifies of it, in one transaction with `also`; checks conditions
 * and checksums.
 */
export function commitObject(options: {
  parts: StorageParts
  write: ObjectWrite
  bytes: BlobProgress & { dataId: string; md5Hash: string }
  also?: (object: StoredObject) => void
}): StoredObject {
  const { parts, write, bytes } = options
  const { store } = parts
  const checksum = encodeCrc32c(bytes.crc)
  refuseOtherChecksum('CRC32C', write.expected.crc32c, checksum)
  refuseOtherChecksum('MD5 hash', write.expected.md5Hash, bytes.md5Hash)
  return inTransaction(parts.database, () => {
    const previous = store.object(write.bucket, write.name)
    checkPreconditions(write.conditions, previous, 'write')
    const now = new Date().toISOString()
    const object: StoredObject = {
      bucket: write.bucket,
      name: write.name,
      generation: store.nextGeneration(),
      metageneration: 1,
      dataId: bytes.dataId,
      size: bytes.size,
      crc32c: checksum,
      md5Hash: bytes.md5Hash,
      timeCreated: now,
      updated: now,
      fields: { contentType: 'application/octet-stream', ...write.fields },
    }
    store.putObject(object)
    options.also?.(object)
    if (previous) parts.notifications.notify({ type: 'OBJECT_DELETE', object: previous })
    parts.notifications.notify({ type: 'OBJECT_FINALIZE', object, overwrote: previous?.generation })
    return object
  })
}

function refuseOtherChecksum(kind: string, expected: string | undefined, computed: string): void {
  if (expected === undefined || expected === computed) return
  const message = `Provided ${kind} "${expected}" doesn't match calculated ${kind} "${computed}".`
  throw new GoogleError(400, 'invalid', message)
}
