import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { tracing } from '@opentelemetry/sdk-node'
import { createSampler } from './sampler.ts'

const { NOT_RECORD, RECORD_AND_SAMPLED } = tracing.SamplingDecision

function decide(ratio: number, kind: SpanKind, parent?: { sampled: boolean; isRemote: boolean }) {
  const traceId = 'f'.repeat(32)
  const context =
    parent === undefined
      ? ROOT_CONTEXT
      : trace.setSpanContext(ROOT_CONTEXT, {
          traceId,
          spanId: 'b'.repeat(16),
          traceFlags: parent.sampled ? 1 : 0,
          isRemote: parent.isRemote,
        })
  return createSampler(ratio).shouldSample(context, traceId, 'name', kind, {}, []).decision
}

describe('sampling', () => {
  it('takes the ratio for new traces and for parents elsewhere that were not sampled', () => {
    const unsampled = { sampled: false, isRemote: true }
    expect(decide(1, SpanKind.SERVER)).toBe(RECORD_AND_SAMPLED)
    expect(decide(0, SpanKind.SERVER)).toBe(NOT_RECORD)
    expect(decide(1, SpanKind.SERVER, unsampled)).toBe(RECORD_AND_SAMPLED)
    expect(decide(0, SpanKind.SERVER, unsampled)).toBe(NOT_RECORD)
  })

  it('follows a sampled parent elsewhere and any parent in this process', () => {
    expect(decide(0, SpanKind.CONSUMER, { sampled: true, isRemote: true })).toBe(RECORD_AND_SAMPLED)
    expect(decide(0, SpanKind.INTERNAL, { sampled: true, isRemote: false })).toBe(RECORD_AND_SAMPLED)
    expect(decide(1, SpanKind.INTERNAL, { sampled: false, isRemote: false })).toBe(NOT_RECORD)
  })

  it('begins no trace with an outgoing call', () => {
    expect(decide(1, SpanKind.CLIENT)).toBe(NOT_RECORD)
    expect(decide(1, SpanKind.CLIENT, { sampled: true, isRemote: false })).toBe(RECORD_AND_SAMPLED)
  })
})
