import { setTimeout as delay } from 'node:timers/promises'
import { dataOf } from '@clarity/api-client'
import type { SummaryRow } from '@clarity/health-data'
import type { System } from '@clarity/testkit'
import type { ApiClient, Outcome } from '../src/api-client.ts'
import { summaryRows } from './uploads.ts'

/** What differs from one person and one minute to the next, and nothing else. */
const IDENTITY = new Set([
  'upload_id',
  'processing_id',
  'analysis_id',
  'insight_id',
  'user_id',
  'trace_id',
  'created_at',
  'generated_at',
  'started_at',
  'completed_at',
  'latency_ms',
])
const PATIENCE_MS = 60_000

interface Range {
  readonly start: string
  readonly end: string
}

/** All that a person finds after an upload, without ids and times: equal for equal bytes, whatever happened on the way. */
export async function endState(person: ApiClient, upload: { outcome: Outcome; range: Range }) {
  const { outcome, range } = upload
  const rows: SummaryRow[] = [...(await summaryRows(person, range)).values()]
  const { data: history } = await dataOf(person.api.GET('/api/v1/insights/history'))
  return withoutIdentity({ ...outcome, rows, history }) as Outcome & { rows: SummaryRow[]; history: object[] }
}

function withoutIdentity(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIdentity)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name === 'upload_ids') return [['uploads', (inner as string[]).length]]
      return IDENTITY.has(name) ? [] : [[name, withoutIdentity(inner)]]
    }),
  )
}

interface CloudState {
  readonly topics: readonly {
    readonly subscriptions: readonly {
      readonly name: string
      readonly backlog: number
      dead_letters: number
    }[]
  }[]
  readonly collections: readonly { readonly documents: number }[]
  readonly buckets: readonly { readonly objects: number }[]
}

/** How much the local cloud holds: documents, objects and messages that nobody could process. */
export async function holdings(system: System) {
  const { topics, collections, buckets } = await read<CloudState>(`${system.adminUrl}/admin/state`)
  const subscriptions = topics.flatMap((topic) => topic.subscriptions)
  return {
    documents: collections.reduce((sum, { documents }) => sum + documents, 0),
    objects: buckets.reduce((sum, { objects }) => sum + objects, 0),
    deadLetters: subscriptions.reduce((sum, { dead_letters }) => sum + dead_letters, 0),
    waiting: subscriptions.flatMap(({ name, backlog }) =>
      name.endsWith('-push') && backlog > 0 ? [name] : [],
    ),
  }
}

/** Resolves when no message waits, or none of the subscription named; rejects after a minute. */
export async function nothingWaits(system: System, subscription?: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const isWaiting = async () => {
    const { waiting } = await holdings(system)
    return subscription ? waiting.includes(subscription) : waiting.length > 0
  }
  while (await isWaiting()) await delay(20, undefined, { signal })
}

async function read<T>(url: string): Promise<T> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} was answered ${answer.status}`)
  return (await answer.json()) as T
}
