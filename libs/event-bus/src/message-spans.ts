import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  context,
  propagation,
  trace,
} from '@opentelemetry/api'
import { isFailure } from '@clarity/failure'
import type { PushMessage } from '@clarity/contracts'

// Names and attributes: OpenTelemetry semantic conventions for messaging, Google Cloud Pub/Sub.
const tracer = trace.getTracer('clarity.event-bus')

/** Runs `send` in the `send <topic>` span and hands it the attributes that carry that span to the consumer. */
export function inSendSpan(
  topic: string,
  send: (traceAttributes: Record<string, string>) => Promise<string>,
): Promise<string> {
  const attributes: Attributes = {
    'messaging.system': 'gcp_pubsub',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': topic,
  }
  return tracer.startActiveSpan(`send ${topic}`, { kind: SpanKind.PRODUCER, attributes }, (span) =>
    settle(span, async () => {
      const messageId = await send(traceContextOf(span))
      span.setAttribute('messaging.message.id', messageId)
      return messageId
    }),
  )
}

/**
 * Runs `process` in the `process <subscription>` span: a child of the span that sent the message, linked to the
 * HTTP span of the push, whose own trace belongs to the platform. A message without trace context stays in the
 * trace of its push.
 */
export function inProcessSpan<T>(message: PushMessage, process: () => Promise<T>): Promise<T> {
  const pushSpan = trace.getActiveSpan()
  const sender = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, message.attributes))
  const parent = sender === undefined ? context.active() : trace.setSpanContext(context.active(), sender)
  const attributes: Attributes = {
    'messaging.system': 'gcp_pubsub',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.destination.subscription.name': message.subscription,
    'messaging.message.id': message.messageId,
    ...(message.deliveryAttempt !== undefined && {
      'messaging.gcp_pubsub.message.delivery_attempt': message.deliveryAttempt,
    }),
  }
  const links = pushSpan === undefined || sender === undefined ? [] : [{ context: pushSpan.spanContext() }]
  const options = { kind: SpanKind.CONSUMER, attributes, links }
  return tracer.startActiveSpan(`process ${message.subscription}`, options, parent, (span) =>
    settle(span, process),
  )
}

async function settle<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    span.setAttribute('error.type', isFailure(error) ? error.kind : 'bug')
    span.setStatus({ code: SpanStatusCode.ERROR })
    throw error
  } finally {
    span.end()
  }
}

/** `traceparent` and `tracestate` alone: baggage of a client does not travel on. */
function traceContextOf(span: Span): Record<string, string> {
  const carrier: Record<string, string> = {}
  propagation.inject(trace.setSpan(ROOT_CONTEXT, span), carrier)
  const { traceparent, tracestate } = carrier
  return { ...(traceparent && { traceparent }), ...(tracestate && { tracestate }) }
}
