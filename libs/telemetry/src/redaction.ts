import type { Attributes, AttributeValue, Context } from '@opentelemetry/api'
import type { tracing } from '@opentelemetry/sdk-node'

type ReadableSpan = tracing.ReadableSpan

/**
 * The span attributes that may leave the process. Not among them, because they hold ids of persons, document paths,
 * object names or texts of others: `url.*` but the scheme, client addresses, user agents, error messages, ordering
 * keys, prompts and answers.
 */
const ALLOWED: readonly RegExp[] = [
  /^http\.(route|request\.method|request\.resend_count|response\.status_code)$/,
  /^http\.(request|response)\.body\.size$/,
  /^url\.scheme$/,
  /^network\.protocol\.(name|version)$/,
  /^server\.(address|port)$/,
  /^error\.type$/,
  /^rpc\.(system|system\.name|service|method|grpc\.status_code|response\.status_code)$/,
  /^express\.(name|type)$/,
  /^messaging\.(system|operation\.name|operation\.type|message\.id|message\.body\.size|client\.id)$/,
  /^messaging\.destination\.(name|subscription\.name)$/,
  /^messaging\.gcp_pubsub\.message\.delivery_attempt$/,
  /^gen_ai\.(operation\.name|provider\.name|output\.type|response\.(model|id|finish_reasons))$/,
  /^gen_ai\.request\.(model|temperature|max_tokens|top_p)$/,
  /^gen_ai\.usage\.[a-z_.]+$/,
  /^exception\.type$/,
  /^clarity\.[a-z_.]+$/,
]
const MAX_LENGTH = 200
const ERROR_TYPE = /^[\w.:/-]{1,80}$/

/** Passes finished spans on with nothing but allow-listed attributes, and without the texts of errors. */
export function redacting(next: tracing.SpanProcessor): tracing.SpanProcessor {
  return {
    onStart: (span: tracing.Span, context: Context) => next.onStart(span, context),
    onEnd: (span) => next.onEnd(redactSpan(span)),
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  }
}

/** A copy of the span that holds only what may leave the process. */
function redactSpan(span: ReadableSpan): ReadableSpan {
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: { code: span.status.code },
    attributes: redactAttributes(span.attributes),
    links: span.links.map((link) => ({ ...link, attributes: redactAttributes(link.attributes ?? {}) })),
    events: span.events.map((event) => ({ ...event, attributes: redactAttributes(event.attributes ?? {}) })),
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  }
}

function redactAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([key, value]) => ALLOWED.some((pattern) => pattern.test(key)) && isHarmless(key, value),
    ),
  )
}

/** Long values are texts rather than names, and an error's type that is no word is a message. */
function isHarmless(key: string, value: AttributeValue | undefined): boolean {
  if (typeof value !== 'string') return true
  return key === 'error.type' || key === 'exception.type'
    ? ERROR_TYPE.test(value)
    : value.length <= MAX_LENGTH
}
