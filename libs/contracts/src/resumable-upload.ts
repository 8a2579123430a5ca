import { z } from 'zod'

const GIB = 1024 ** 3

/** Most bytes that a resumable upload may have. */
export const MAX_RESUMABLE_BYTES = 5 * GIB

/** Most bytes that it may inflate to. */
export const MAX_RESUMABLE_DECODED_BYTES = 10 * GIB

/** How long Cloud Storage keeps a session, in milliseconds. */
export const RESUMABLE_SESSION_MS = 7 * 86_400_000

/** Where the objects of resumable uploads begin; direct ones lie under `raw/`. */
export const INCOMING_PREFIX = 'incoming/'

export const UPLOAD_MEDIA_TYPES = [
  'application/json',
  'application/x-ndjson',
  'application/fhir+json',
  'application/xml',
  'text/xml',
  'application/zip',
] as const

/** The body of POST /health-data/resumable-uploads: what is going to be sent. */
export const resumableUploadSchema = z.object({
  content_type: z.enum(UPLOAD_MEDIA_TYPES),
  content_encoding: z.literal('gzip').optional().describe('the bytes sent are those of a gzip stream'),
  bytes: z.int().min(1).max(MAX_RESUMABLE_BYTES).describe('as they are sent'),
})
export type ResumableUpload = z.infer<typeof resumableUploadSchema>

/** Its answer: where to send the bytes, and until when. */
export const resumableUploadCreatedSchema = z.object({
  upload_id: z.string(),
  session_url: z.string(),
  expires_at: z.string(),
})
export type ResumableUploadCreated = z.infer<typeof resumableUploadCreatedSchema>

/** What Cloud Storage says on `raw-upload-finalized` of an object that is complete (its JSON_API_V1 payload). */
export const objectFinalizedSchema = z.object({
  name: z.string().min(1),
  bucket: z.string().min(1),
  generation: z.string().regex(/^\d+$/),
  size: z.string().regex(/^\d+$/).transform(Number),
  metadata: z.record(z.string(), z.string()).optional(),
})
export type ObjectFinalized = z.infer<typeof objectFinalizedSchema>
