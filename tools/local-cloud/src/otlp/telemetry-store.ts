import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from '../database.ts'

export interface StoredSpan {
  readonly trace_id: string
  readonly service: string
  readonly name: string
  readonly kind: string
  readonly span_id: string
  readonly parent_span_id: string | null
  readonly links: readonly { readonly trace_id: string | null; readonly span_id: string | null }[]
  readonly status: string
  readonly status_message: string | null
  readonly start_ms: number
  readonly duration_ms: number
  readonly attributes: Readonly<Record<string, unknown>>
  readonly events: readonly { name: string; at_ms: number; attributes: Record<string, unknown> }[]
}

/** The latest point of one metric with one set of attributes. */
export interface StoredMetric {
  readonly service: string
  readonly name: string
  readonly unit: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** The value of a gauge or sum; null for a distribution. */
  readonly value: number | null
  readonly count?: number
  readonly sum?: number
  readonly buckets?: { readonly bounds: readonly number[]; readonly counts: readonly number[] }
  readonly at_ms: number
}

export interface StoredLog {
  readonly service: string
  readonly severity: string
  readonly body: unknown
  readonly attributes: Readonly<Record<string, unknown>>
  readonly trace_id: string | null
  readonly span_id: string | null
  readonly at_ms: number
}

interface TraceSummary {
  readonly trace_id: string
  readonly name: string
  readonly services: readonly string[]
  readonly span_count: number
  readonly start_ms: number
  readonly duration_ms: number
}

export interface TelemetryStore {
  addSpans(spans: readonly StoredSpan[]): void
  addMetrics(metrics: readonly StoredMetric[]): void
  addLogs(logs: readonly StoredLog[]): void
  /** The latest traces first. */
  traces(limit: number): TraceSummary[]
  /** The spans of a trace by start, or an empty list. */
  spans(traceId: string): StoredSpan[]
  metrics(): StoredMetric[]
  logs(limit: number): StoredLog[]
  clear(): void
}

/** Spans, metrics and logs in SQLite; of each kind only the latest `capacity` are kept. */
export function createTelemetryStore(database: DatabaseSync, capacity = 100_000): TelemetryStore {
  database.exec(SCHEMA)
  const add = (kind: Kind, rows: readonly Row[]) =>
    inTransaction(database, () => {
      const insert = database.prepare(
        `INSERT OR REPLACE INTO otlp_${kind} (key, trace_id, record) VALUES (?, ?, ?)`,
      )
      for (const { key, traceId, record } of rows) insert.run(key, traceId, JSON.stringify(record))
      database
        .prepare(`DELETE FROM otlp_${kind} WHERE id <= (SELECT max(id) FROM otlp_${kind}) - ?`)
        .run(capacity)
    })
  const all = <T>(sql: string, ...values: (string | number)[]) =>
    database
      .prepare(sql)
      .all(...values)
      .map((row) => JSON.parse(String(row['record'])) as T)
  const spans = (traceId: string) =>
    inOrder(all<StoredSpan>('SELECT record FROM otlp_spans WHERE trace_id = ?', traceId))
  return {
    addSpans: (list) =>
      add(
        'spans',
        list.map((span) => ({
          key: `${span.trace_id}/${span.span_id}`,
          traceId: span.trace_id,
          record: span,
        })),
      ),
    addMetrics: (list) =>
      add(
        'metrics',
        list.map((metric) => ({
          key: JSON.stringify([metric.service, metric.name, metric.attributes]),
          traceId: null,
          record: metric,
        })),
      ),
    addLogs: (list) =>
      add(
        'logs',
        list.map((log) => ({ key: null, traceId: log.trace_id, record: log })),
      ),
    traces: (limit) =>
      database
        .prepare('SELECT trace_id FROM otlp_spans GROUP BY trace_id ORDER BY max(id) DESC LIMIT ?')
        .all(limit)
        .map((row) => summarise(spans(String(row['trace_id'])))),
    spans,
    metrics: () => all('SELECT record FROM otlp_metrics ORDER BY key'),
    logs: (limit) => all('SELECT record FROM otlp_logs ORDER BY id DESC LIMIT ?', limit),
    clear: () => database.exec('DELETE FROM otlp_spans; DELETE FROM otlp_metrics; DELETE FROM otlp_logs;'),
  }
}

type Kind = 'spans' | 'metrics' | 'logs'

interface Row {
  readonly key: string | null
  readonly traceId: string | null
  readonly record: object
}

/** By start; of spans that start in the same instant, parents before children. */
function inOrder(spans: StoredSpan[]): StoredSpan[] {
  const byId = new Map(spans.map((span) => [span.span_id, span]))
  const depth = (span: StoredSpan | undefined, limit = 100): number =>
    span?.parent_span_id && limit > 0 ? 1 + depth(byId.get(span.parent_span_id), limit - 1) : 0
  return spans.sort((a, b) => a.start_ms - b.start_ms || depth(a) - depth(b))
}

function summarise(spans: readonly StoredSpan[]): TraceSummary {
  const root = spans.find(({ parent_span_id }) => parent_span_id === null) ?? spans[0]
  const start = Math.min(...spans.map(({ start_ms }) => start_ms))
  const end = Math.max(...spans.map(({ start_ms, duration_ms }) => start_ms + duration_ms))
  return {
    trace_id: root?.trace_id ?? '',
    name: root?.name ?? '',
    services: [...new Set(spans.map(({ service }) => service))],
    span_count: spans.length,
    start_ms: start,
    duration_ms: end - start,
  }
}

const SCHEMA = ['spans', 'metrics', 'logs']
  .map(
    (kind) => `
    CREATE TABLE IF NOT EXISTS otlp_${kind} (
      id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, trace_id TEXT, record TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS otlp_${kind}_by_trace ON otlp_${kind} (trace_id);`,
  )
  .join('\n')
