import { z } from 'zod'

/** The topics of the system; each has a push subscription `<topic>-push` and a dead-letter topic `<topic>-dead-letter`. */
export const TOPICS = {
  healthDataProcessing: 'health-data-processing',
  rawUploadFinalized: 'raw-upload-finalized',
  mlPredictions: 'ml-predictions',
  userInsights: 'user-insights',
} as const

export type Topic = (typeof TOPICS)[keyof typeof TOPICS]

export const MAX_DELIVERY_ATTEMPTS = 5

export const EVENT_TYPES = [
  'upload.received',
  'upload.deleted',
  'user.erased',
  'analysis.completed',
  'insight.generated',
] as const

export type EventType = (typeof EVENT_TYPES)[number]

const id = z.string().min(1).max(128)
const schemaVersion = z.literal(1)

export const CONTAINER_FORMATS = ['json', 'ndjson', 'xml', 'zip'] as const
export const containerFormatSchema = z.enum(CONTAINER_FORMATS)
export type ContainerFormat = z.infer<typeof containerFormatSchema>

/** `upload.received` on `health-data-processing`: bytes are stored and wait to be analysed. */
export const uploadReceivedSchema = z.object({
  schema_version: schemaVersion,
  upload_id: id,
  user_id: id,
  object: z.string().startsWith('gs://'),
  generation: z.string(),
  format: containerFormatSchema,
  /** The zone settled at receipt for samples that carry none; null where nothing said one. */
  timezone: z.string().nullable(),
  received_at: z.string(),
})
export type UploadReceived = z.infer<typeof uploadReceivedSchema>

/** `upload.deleted` on `health-data-processing`: the person deleted it, or its bytes came too late to belong to anyone. */
export const uploadDeletedSchema = z.object({
  schema_version: schemaVersion,
  upload_id: id,
  user_id: id,
  object: z.string().startsWith('gs://'),
  /** Null where no generation was known yet: then whatever stands at the object's path goes. */
  generation: z.string().nullable(),
})
export type UploadDeleted = z.infer<typeof uploadDeletedSchema>

/** `user.erased` on `health-data-processing`: everything of this person goes. */
export const userErasedSchema = z.object({ schema_version: schemaVersion, user_id: id })
export type UserErased = z.infer<typeof userErasedSchema>

/** `analysis.completed` on `ml-predictions`; `upload_id` is absent where a deletion caused the analysis. */
export const analysisCompletedSchema = z.object({
  schema_version: schemaVersion,
  upload_id: id.optional(),
  user_id: id,
  analysis_id: id,
  analysis_digest: z.string(),
  window: z.object({ start: z.string(), end: z.string() }),
  model: z.object({ name: z.string(), sha256: z.string() }),
  analyzed_at: z.string(),
})
export type AnalysisCompleted = z.infer<typeof analysisCompletedSchema>

/** `insight.generated` on `user-insights`, for whoever notifies the person. */
export const insightGeneratedSchema = z.object({
  schema_version: schemaVersion,
  user_id: id,
  insight_id: id,
  analysis_id: id,
  source: z.enum(['gemini', 'rules']),
  generated_at: z.string(),
})
export type InsightGenerated = z.infer<typeof insightGeneratedSchema>

/** The attributes that every message of ours carries besides the trace context, which the event bus adds. */
export function messageAttributes(
  eventType: EventType,
  uploadId: string | undefined,
): Record<string, string> {
  return {
    event_type: eventType,
    schema_version: '1',
    ...(uploadId === undefined ? {} : { upload_id: uploadId }),
  }
}

/** A message as a push subscription delivered it. */
export interface PushMessage {
  readonly messageId: string
  /** RFC 3339. */
  readonly publishTime: string
  /** The decoded JSON, or the text where it is none; undefined when the message carries attributes alone. */
  readonly data: unknown
  readonly attributes: Readonly<Record<string, string>>
  readonly orderingKey?: string
  /** Short subscription name, e.g. `ml-predictions-push`. */
  readonly subscription: string
  /** 1 on the first delivery; absent where the subscription has no dead-letter policy. */
  readonly deliveryAttempt?: number
}
