import { createFirestoreRecordStore } from '@clarity/record-store'
import { PROJECT_ID, type System, startSystem } from '@clarity/testkit'
import type { BenchRow } from './bench-row.ts'
import { useCloud } from './config.ts'
import { writeHistory } from './query-history.ts'
import { timeCallsInTurns } from './time-calls.ts'

const LAST_DATE = '2026-05-20'
const MONTH_DAYS = 30
const FIVE_YEARS_DAYS = 5 * 365
const GOAL_RATIO = 1.2
const TURNS = { warmUp: 50, rounds: 600 }

/** Pages that both people hold alike; `start` keeps them inside the month. */
const PAGES: Readonly<Record<string, string>> = {
  '50 samples': 'start=2026-05-10&limit=50',
  '50 samples of one type': 'type=heart_rate&start=2026-05-10&limit=50',
  '30 samples, one a day': 'type=resting_heart_rate&start=2026-04-21&limit=30',
  '24 hours': 'type=step_count&resolution=hour&start=2026-05-18&end=2026-05-19&limit=24',
  '7 days': 'type=step_count&resolution=day&start=2026-05-13&limit=7',
  'oldest 50 samples': 'limit=50',
}

/** One page of `GET /health-data` of a person with a month of history beside one with five years. */
export async function query(): Promise<BenchRow[]> {
  await using system = await startSystem({ environment: { LOG_LEVEL: 'warn', OTEL_TRACES_EXPORTER: 'none' } })
  useCloud(system.cloud.environment)
  await using records = createFirestoreRecordStore({ projectId: PROJECT_ID, userHashKey: 'bench'.repeat(8) })
  const [month, years] = [await newPerson(system, 'month'), await newPerson(system, 'years')]
  await writeHistory(records.days, month.userId, { lastDate: LAST_DATE, count: MONTH_DAYS })
  await writeHistory(records.days, years.userId, { lastDate: LAST_DATE, count: FIVE_YEARS_DAYS })
  const rows: BenchRow[] = []
  for (const [name, page] of Object.entries(PAGES)) {
    const calls = [month, years].map(
      ({ read }) =>
        () =>
          read(page),
    )
    const [ofMonth, ofYears] = await timeCallsInTurns(calls, TURNS)
    const ratio = ofYears!.p95_ms / ofMonth!.p95_ms
    rows.push(
      { bench: 'query', name: `${name}, 1 month held`, ...ofMonth! },
      {
        bench: 'query',
        name: `${name}, 5 years held`,
        ...ofYears!,
        ratio,
        goal: `≤ ${GOAL_RATIO} of a month's`,
        met: ratio <= GOAL_RATIO,
      },
    )
  }
  return rows
}

interface Reader {
  readonly userId: string
  read(page: string): Promise<void>
}

async function newPerson({ services }: System, name: string): Promise<Reader> {
  const api = `${services.ingestion.url}/api/v1`
  const registered = await fetch(`${api}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${name}@example.org`, password: 'a-long-enough-password' }),
  })
  const { user, tokens } = (await registered.json()) as {
    user: { user_id: string }
    tokens: { id_token: string }
  }
  const headers = { authorization: `Bearer ${tokens.id_token}` }
  return {
    userId: user.user_id,
    async read(page) {
      const answer = await fetch(`${api}/health-data?${page}`, { headers })
      const { data } = (await answer.json()) as { data?: unknown[] }
      if (!answer.ok || !data?.length) throw new Error(`a page was answered ${answer.status}, empty or not`)
    },
  }
}
