/**
 * The fields a log line may have besides its message: names, counts and durations. Health values, bodies, mails,
 * names of people, tokens and user ids have no field here, and what has no field is not written.
 */
export const LOG_FIELDS = [
  // what the line is about
  'upload_id',
  'analysis_id',
  'insight_id',
  'message_id',
  'service',
  'check',
  'action',
  'event',
  // requests
  'method',
  'route',
  'status',
  'duration_ms',
  'failure_kind',
  'failure_code',
  // messages
  'topic',
  'subscription',
  'event_type',
  'delivery_attempt',
  'attempt',
  // uploads and what becomes of them
  'format',
  'shape',
  'bytes',
  'duplicate',
  'stage',
  'reason',
  'accepted',
  'duplicates',
  'implausible',
  'deleted',
  'unknown',
  'rejected',
  'days',
  'valid_days',
  'count',
  'existed',
  'superseded',
  // models
  'model',
  'model_sha256',
  'source',
  'degraded',
  'cached',
  'finish_reason',
  'input_tokens',
  'output_tokens',
  'prompt_version',
  'language',
  // where the process listens
  'port',
  'metrics_port',
] as const

type LogField = (typeof LOG_FIELDS)[number]

/** Fields of one line; an error goes into `err` and is written as class, code, kind and stack frames. */
export type LogFields = Partial<Record<LogField, string | number | boolean | null | undefined>> & {
  readonly err?: unknown
}
