import { setTimeout as delay } from 'node:timers/promises'
import type { System } from '@clarity/testkit'

export interface Span {
  readonly service: string
  readonly name: string
  readonly kind: string
  readonly span_id: string
  readonly parent_span_id: string | null
  readonly links: readonly { trace_id: string; span_id: string }[]
  readonly status: string
}

/** Longer than a finished span takes to be readable. */
const EXPORTED_MS = 2500

/** All spans of a trace whose work is done. */
export async function spansOf(system: System, traceId: string): Promise<Span[]> {
  await delay(EXPORTED_MS)
  const answer = await fetch(`${system.adminUrl}/admin/traces/${traceId}`)
  return ((await answer.json()) as { spans: Span[] }).spans
}

/** The spans whose parent is not in the trace. */
export function orphansOf(spans: readonly Span[]): Span[] {
  const ids = new Set(spans.map(({ span_id }) => span_id))
  return spans.filter(({ parent_span_id }) => parent_span_id === null || !ids.has(parent_span_id))
}
