import { z } from 'zod'
import { containerFormatSchema } from './events.ts'

export const UPLOAD_STAGES = [
  'received',
  'stored',
  'parsed',
  'merged',
  'analysed',
  'predicted',
  'narrated',
] as const
export const uploadStageSchema = z.enum(UPLOAD_STAGES)
export type UploadStage = z.infer<typeof uploadStageSchema>

export const uploadStatusSchema = z.enum(['received', 'processing', 'completed', 'failed'])
export type UploadStatus = z.infer<typeof uploadStatusSchema>

export const sampleCountsSchema = z.object({
  accepted: z.number().int(),
  duplicate: z.number().int(),
  implausible: z.number().int(),
  deleted: z.number().int(),
  unknown: z.number().int(),
  rejected: z.number().int(),
  by_type: z.record(z.string(), z.number().int()),
})
export type SampleCounts = z.infer<typeof sampleCountsSchema>

/** A sample that could not be used: where it stood and why. Its value is never repeated. */
export const rejectionSchema = z.object({ path: z.string(), type: z.string().nullable(), reason: z.string() })
export type Rejection = z.infer<typeof rejectionSchema>

export const stageRecordSchema = z.object({
  name: uploadStageSchema,
  status: z.enum(['pending', 'running', 'completed', 'failed', 'skipped']),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
})
export type StageRecord = z.infer<typeof stageRecordSchema>

/** The answer of GET /health-data/processing/{id}: how far one upload has come. */
export const processingSchema = z.object({
  processing_id: z.string(),
  upload_id: z.string(),
  status: uploadStatusSchema,
  stage: uploadStageSchema,
  progress: z.number().min(0).max(1),
  stages: z.array(stageRecordSchema),
  shape: z.string().nullable(),
  samples: sampleCountsSchema.nullable(),
  rejections: z.array(rejectionSchema).max(100),
  analysis_id: z.string().nullable(),
  insight_id: z.string().nullable(),
  superseded_by: z.string().nullable(),
  error: z.object({ code: z.string(), title: z.string() }).nullable(),
  trace_id: z.string().nullable(),
  duplicate_of: z.string().optional().describe('the earlier upload that brought these very bytes'),
})
export type Processing = z.infer<typeof processingSchema>

/**
 * What is kept of an upload in `users/{uid}/uploads/{id}`: its processing, and what finds its bytes again. Until the
 * bytes of a resumable upload have come, `bytes` are those announced, and their hash and container are unknown.
 */
export const uploadRecordSchema = processingSchema.extend({
  user_id: z.string(),
  object_path: z.string(),
  generation: z.string().nullable(),
  body_sha256: z.string().nullable(),
  format: containerFormatSchema.nullable(),
  content_type: z.string(),
  content_encoding: z.literal('gzip').nullable(),
  bytes: z.number().int(),
  timezone: z.string().nullable(),
  received_at: z.string(),
  published_at: z.string().nullable(),
})
export type UploadRecord = z.infer<typeof uploadRecordSchema>

export const uploadAcceptedSchema = z.object({
  upload_id: z.string(),
  processing_id: z.string(),
  status: uploadStatusSchema,
  duplicate: z.boolean(),
  format: containerFormatSchema,
  bytes: z.number().int(),
  received_at: z.string(),
  warnings: z.array(z.string()),
  links: z.object({ status: z.string(), events: z.string() }),
})
export type UploadAccepted = z.infer<typeof uploadAcceptedSchema>
