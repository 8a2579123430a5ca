import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  propagation,
  trace,
} from '@opentelemetry/api'
import { isFailure } from '@clarity/failure'

const tracer = trace.getTracer('clarity')

/**
 * Runs `work` in an internal span of that name. Attribute keys outside the allow-list of `redaction.ts` do not
 * leave the process; a thrown error marks the span and passes on.
 */
export function withSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      span.setAttribute('error.type', errorType(error))
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}

/** The 32 hex digits of the active trace, or null outside any trace. */
export function currentTraceId(): string | null {
  return trace.getActiveSpan()?.spanContext().traceId ?? null
}

/** `traceparent` and `tracestate` of the active span, for something that another process takes up later; empty outside any trace. */
export function currentTraceContext(): Record<string, string> {
  const span = trace.getActiveSpan()
  const carrier: Record<string, string> = {}
  if (span) propagation.inject(trace.setSpan(ROOT_CONTEXT, span), carrier)
  const { traceparent, tracestate } = carrier
  return { ...(traceparent && { traceparent }), ...(tracestate && { tracestate }) }
}

/** Marks the active span as failed by the error's kind or class; its text stays out of the trace. */
export function markSpanFailed(error: unknown): void {
  const span = trace.getActiveSpan()
  span?.setAttribute('error.type', errorType(error))
  span?.setStatus({ code: SpanStatusCode.ERROR })
}

function errorType(error: unknown): string {
  if (isFailure(error)) return error.kind
  return error instanceof Error ? error.name : 'unknown'
}
