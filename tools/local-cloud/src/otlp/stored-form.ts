import { attributesOf, hexId, milliseconds, plainValue } from './attributes.ts'
import type {
  DataPoint,
  LogRecord,
  LogsRequest,
  Metric,
  MetricsRequest,
  Span,
  TracesRequest,
} from './messages.ts'
import type { StoredLog, StoredMetric, StoredSpan } from './telemetry-store.ts'

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER']
const STATUSES = ['UNSET', 'OK', 'ERROR']

/** Every span of an export; one without ids is left out. */
export function spansOf(request: TracesRequest): StoredSpan[] {
  return (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) => {
    const service = serviceName(resource)
    const spans = (scopeSpans ?? []).flatMap((scope) => scope.spans ?? [])
    return spans.flatMap((span) => storedSpan(service, span) ?? [])
  })
}

function storedSpan(service: string, span: Span): StoredSpan | undefined {
  const traceId = hexId(span.traceId)
  const spanId = hexId(span.spanId)
  if (!traceId || !spanId) return undefined
  const start = milliseconds(span.startTimeUnixNano)
  return {
    trace_id: traceId,
    service,
    name: span.name ?? '',
    kind: KINDS[span.kind ?? 0] ?? 'UNSPECIFIED',
    span_id: spanId,
    parent_span_id: hexId(span.parentSpanId),
    links: (span.links ?? []).map((link) => ({
      trace_id: hexId(link.traceId),
      span_id: hexId(link.spanId),
    })),
    status: STATUSES[span.status?.code ?? 0] ?? 'UNSET',
    status_message: span.status?.message ? span.status.message : null,
    start_ms: start,
    duration_ms: Math.max(0, Math.round((milliseconds(span.endTimeUnixNano) - start) * 1000) / 1000),
    attributes: attributesOf(span.attributes),
    events: (span.events ?? []).map((event) => ({
      name: event.name ?? '',
      at_ms: milliseconds(event.timeUnixNano),
      attributes: attributesOf(event.attributes),
    })),
  }
}

/** Every data point of an export. */
export function metricsOf(request: MetricsRequest): StoredMetric[] {
  return (request.resourceMetrics ?? []).flatMap(({ resource, scopeMetrics }) => {
    const service = serviceName(resource)
    const metrics = (scopeMetrics ?? []).flatMap((scope) => scope.metrics ?? [])
    return metrics.flatMap((metric) => pointsOf(metric).map((point) => storedMetric(service, metric, point)))
  })
}

function pointsOf({ gauge, sum, histogram }: Metric): readonly DataPoint[] {
  return [...(gauge?.dataPoints ?? []), ...(sum?.dataPoints ?? []), ...(histogram?.dataPoints ?? [])]
}

function storedMetric(service: string, metric: Metric, point: DataPoint): StoredMetric {
  const value = point.asDouble ?? point.asInt
  return {
    service,
    name: metric.name ?? '',
    unit: metric.unit ?? '',
    attributes: attributesOf(point.attributes),
    value: value === undefined ? null : Number(value),
    ...(metric.histogram && {
      count: Number(point.count ?? 0),
      sum: point.sum ?? 0,
      buckets: {
        bounds: point.explicitBounds ?? [],
        counts: (point.bucketCounts ?? []).map(Number),
      },
    }),
    at_ms: milliseconds(point.timeUnixNano),
  }
}

/** Every log record of an export. */
export function logsOf(request: LogsRequest): StoredLog[] {
  return (request.resourceLogs ?? []).flatMap(({ resource, scopeLogs }) => {
    const service = serviceName(resource)
    const records = (scopeLogs ?? []).flatMap((scope) => scope.logRecords ?? [])
    return records.map((record) => storedLog(service, record))
  })
}

function storedLog(service: string, record: LogRecord): StoredLog {
  const at = record.timeUnixNano ?? 0
  return {
    service,
    severity: record.severityText ?? '',
    body: plainValue(record.body),
    attributes: attributesOf(record.attributes),
    trace_id: hexId(record.traceId),
    span_id: hexId(record.spanId),
    at_ms: milliseconds(Number(at) === 0 ? record.observedTimeUnixNano : at),
  }
}

function serviceName(resource: Parameters<typeof resourceAttributes>[0]): string {
  const name = resourceAttributes(resource)['service.name']
  return typeof name === 'string' ? name : 'unknown'
}

function resourceAttributes(
  resource: { readonly attributes?: Parameters<typeof attributesOf>[0] } | undefined,
) {
  return attributesOf(resource?.attributes)
}
