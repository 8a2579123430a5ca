import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { NodeSDK, core, tracing } from '@opentelemetry/sdk-node'
import type { TelemetryConfig } from './config.ts'
import { onFlush } from './flush.ts'
import { createInstrumentations } from './instrumentations.ts'
import { redacting } from './redaction.ts'
import { telemetryResource } from './resource.ts'
import { createSampler } from './sampler.ts'

/** Short, so that a finished span can be read at once; exports still hold many spans under load. */
const BATCH_DELAY_MS = 500
const EXPORT_TIMEOUT_MS = 5000

/** Starts tracing for the whole process; to be called before anything that is to be traced is imported. */
export async function startTracing(config: TelemetryConfig): Promise<void> {
  const processor = redacting(await createSpanProcessor(config))
  onFlush(() => processor.forceFlush())
  new NodeSDK({
    resource: telemetryResource,
    autoDetectResources: false,
    // Without baggage: what a client sends along does not travel on.
    textMapPropagator: new core.W3CTraceContextPropagator(),
    sampler: createSampler(config.sampleRatio),
    spanProcessors: [processor],
    instrumentations: createInstrumentations(),
    // Metrics are read from the service's own port and logs from its standard output.
    metricReaders: [],
    logRecordProcessors: [],
  }).start()
}

/** Where finished spans go, by `OTEL_TRACES_EXPORTER`. With `none` spans still have ids, so that log lines can be joined. */
export async function createSpanProcessor(
  config: Pick<TelemetryConfig, 'tracesExporter' | 'projectId'>,
): Promise<tracing.SpanProcessor> {
  switch (config.tracesExporter) {
    case 'none':
      return new tracing.NoopSpanProcessor()
    case 'console':
      return new tracing.SimpleSpanProcessor(new tracing.ConsoleSpanExporter())
    case 'google': {
      const { createGoogleExporter } = await import('./google-exporter.ts')
      return batch(createGoogleExporter(config.projectId))
    }
    default:
      return batch(new OTLPTraceExporter({ timeoutMillis: EXPORT_TIMEOUT_MS }))
  }
}

function batch(exporter: tracing.SpanExporter): tracing.SpanProcessor {
  return new tracing.BatchSpanProcessor(exporter, {
    scheduledDelayMillis: BATCH_DELAY_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  })
}
