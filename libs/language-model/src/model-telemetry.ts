import { type Attributes, type Span, SpanKind, SpanStatusCode, metrics, trace } from '@opentelemetry/api'
import type { Generation } from './language-model.ts'

const SCOPE = '@clarity/language-model'
const TOKEN_BUCKETS = Array.from({ length: 14 }, (_, power) => 4 ** power)
const SECOND_BUCKETS = Array.from({ length: 14 }, (_, power) => 0.01 * 2 ** power)

export interface ModelTelemetry {
  /** Runs one generation, attempts and waiting included, in its client span, and records tokens and duration. */
  observe(generate: () => Promise<Generation>): Promise<Generation>
  retried(): void
}

interface Observed {
  readonly model: string
  readonly host: string
  readonly temperature: number
  readonly maxOutputTokens: number
  isOpen(): boolean
}

/**
 * Span and metrics of the OpenTelemetry conventions for generative AI. Prompt and answer are never recorded: they
 * are made of health values.
 */
export function createModelTelemetry(observed: Observed): ModelTelemetry {
  const meter = metrics.getMeter(SCOPE)
  const tokens = meter.createHistogram('gen_ai.client.token.usage', {
    unit: '{token}',
    advice: { explicitBucketBoundaries: TOKEN_BUCKETS },
  })
  const duration = meter.createHistogram('gen_ai.client.operation.duration', {
    unit: 's',
    advice: { explicitBucketBoundaries: SECOND_BUCKETS },
  })
  const retries = meter.createCounter('clarity.language_model.retries')
  meter
    .createObservableGauge('clarity.language_model.circuit_open', { description: '1 while no call is made' })
    .addCallback((result) => result.observe(observed.isOpen() ? 1 : 0))

  const common = {
    'gen_ai.operation.name': 'generate_content',
    'gen_ai.provider.name': 'gcp.vertex_ai',
    'gen_ai.request.model': observed.model,
  }
  const attributes = {
    ...common,
    'gen_ai.output.type': 'json',
    'gen_ai.request.temperature': observed.temperature,
    'gen_ai.request.max_tokens': observed.maxOutputTokens,
    'server.address': observed.host.split(':')[0],
  }
  const name = `generate_content ${observed.model}`
  return {
    retried: () => retries.add(1),
    observe: (generate) =>
      trace.getTracer(SCOPE).startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
        const generation = await generate()
        describe(span, generation)
        span.end()
        const labels: Attributes = { ...common, ...errorType(generation) }
        duration.record(generation.latency_ms / 1000, labels)
        if (generation.usage.input_tokens > 0) {
          tokens.record(generation.usage.input_tokens, { ...labels, 'gen_ai.token.type': 'input' })
          tokens.record(generation.usage.output_tokens, { ...labels, 'gen_ai.token.type': 'output' })
        }
        return generation
      }),
  }
}

function describe(span: Span, generation: Generation): Generation {
  if (generation.outcome !== 'unreachable') {
    span.setAttributes({
      'gen_ai.response.model': generation.model,
      'gen_ai.response.finish_reasons': [generation.finish_reason],
      'gen_ai.usage.input_tokens': generation.usage.input_tokens,
      'gen_ai.usage.output_tokens': generation.usage.output_tokens,
    })
  }
  span.setAttributes(errorType(generation))
  if (generation.outcome !== 'answered') span.setStatus({ code: SpanStatusCode.ERROR })
  return generation
}

function errorType(generation: Generation): Attributes {
  if (generation.outcome === 'answered') return {}
  return { 'error.type': generation.outcome === 'unreachable' ? generation.reason : generation.outcome }
}
