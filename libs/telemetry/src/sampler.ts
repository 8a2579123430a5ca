import { SpanKind, isSpanContextValid, trace } from '@opentelemetry/api'
import { tracing } from '@opentelemetry/sdk-node'

/**
 * Records this share of the traces that begin here or come from a parent that was not sampled: Cloud Run samples
 * almost none of the requests it passes on. Outgoing calls outside any request begin no trace.
 */
export function createSampler(ratio: number): tracing.Sampler {
  const share = new tracing.TraceIdRatioBasedSampler(ratio)
  const byParent = new tracing.ParentBasedSampler({ root: share, remoteParentNotSampled: share })
  return {
    shouldSample(...span) {
      const [context, , , kind] = span
      const parent = trace.getSpanContext(context)
      const isRoot = parent === undefined || !isSpanContextValid(parent)
      if (isRoot && kind === SpanKind.CLIENT) return { decision: tracing.SamplingDecision.NOT_RECORD }
      return byParent.shouldSample(...span)
    },
    toString: () => `RequestSampler{${ratio}}`,
  }
}
