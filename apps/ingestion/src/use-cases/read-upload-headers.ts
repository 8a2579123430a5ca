import { UPLOAD_MEDIA_TYPES, isTimezone } from '@clarity/contracts'
import { invalid, unsupported } from '@clarity/failure'

const MAX_KEY_LENGTH = 255

export interface UploadHeaders {
  /** Media type in lower case, without parameters. */
  readonly contentType: string
  readonly contentEncoding: 'gzip' | null
  readonly declaredNdjson: boolean
  readonly idempotencyKey: string | undefined
  readonly timezone: string | undefined
  /** Content-Length; undefined for a body sent in chunks. */
  readonly declaredBytes: number | undefined
  /** What was ignored, one sentence each. */
  readonly warnings: readonly string[]
}

/** What the headers say of an upload. Fails as `unsupported` (type, encoding) and `invalid` (key); a bad zone is only a warning. */
export function readUploadHeaders(header: (name: string) => string | undefined): UploadHeaders {
  const contentType = mediaType(header('content-type'))
  const length = header('content-length')
  return {
    contentType,
    contentEncoding: contentEncoding(header('content-encoding')),
    declaredNdjson: contentType === 'application/x-ndjson',
    idempotencyKey: idempotencyKey(header('idempotency-key')),
    declaredBytes: length === undefined ? undefined : Number(length),
    ...readZone(header),
  }
}

/** The zone that `X-Timezone` names; a bad one is only a warning. */
export function readZone(
  header: (name: string) => string | undefined,
): Pick<UploadHeaders, 'timezone' | 'warnings'> {
  const zone = header('x-timezone')?.trim()
  const timezone = zone !== undefined && isTimezone(zone) ? zone : undefined
  const isBad = zone && timezone === undefined
  return {
    timezone,
    warnings: isBad ? ['X-Timezone names no IANA time zone and was ignored.'] : [],
  }
}

function mediaType(value = ''): string {
  const type = (value.split(';')[0] as string).trim().toLowerCase()
  if ((UPLOAD_MEDIA_TYPES as readonly string[]).includes(type)) return type
  throw unsupported({
    code: 'unsupported-media-type',
    detail: `An upload may be ${UPLOAD_MEDIA_TYPES.join(', ')}.`,
    errors: [{ path: 'header.content-type', reason: 'is not one of the media types taken' }],
  })
}

function contentEncoding(value = ''): 'gzip' | null {
  const encoding = value.trim().toLowerCase()
  if (encoding === '' || encoding === 'identity') return null
  if (encoding === 'gzip' || encoding === 'x-gzip') return 'gzip'
  throw unsupported({
    code: 'unsupported-content-encoding',
    detail: 'An upload may be sent as it is or with gzip.',
    errors: [{ path: 'header.content-encoding', reason: 'is neither gzip nor identity' }],
  })
}

function idempotencyKey(value: string | undefined): string | undefined {
  const key = value?.trim()
  if (!key) return undefined
  if (key.length <= MAX_KEY_LENGTH) return key
  throw invalid({
    detail: 'The Idempotency-Key is too long.',
    errors: [{ path: 'header.idempotency-key', reason: `has more than ${MAX_KEY_LENGTH} characters` }],
  })
}
