import { gzipSync } from 'node:zlib'
import type { Processing } from '@clarity/contracts'
import { type RecordStore, createFirestoreRecordStore } from '@clarity/record-store'
import { PROJECT_ID, startSystem } from '@clarity/testkit'
import type { BenchRow } from './bench-row.ts'
import { useCloud } from './config.ts'
import { quantile } from './time-runs.ts'
import { envelopeBody } from './upload-bodies.ts'
import { type Uploader, newUploader } from './uploader.ts'
import { reached } from './watch-upload.ts'

const dayMs = 86_400_000
const FROM = Date.parse('2025-01-06T00:00:00Z')
const YEAR_DAYS = 365
const FORTNIGHT_DAYS = 14
const SAMPLES_A_DAY = 1440
const WARM_UP_ROUNDS = 10
const ROUNDS = 41
const GOAL_RATIO = 1.1

/**
 * The merging of uploads: from the body read, as their processing tells it, to the days seen written, in one transaction that
 * reads the days touched and those that reach into them, and names the current analysis; and what follows, from there
 * to the stored analysis: the reading of the week, measures and model. A year at once, then in turns one more day of this person,
 * the same day of somebody with a fortnight, and of others as their first.
 */
export async function merge(): Promise<BenchRow[]> {
  await using system = await startSystem({ environment: { LOG_LEVEL: 'warn', OTEL_TRACES_EXPORTER: 'none' } })
  useCloud(system.cloud.environment)
  await using records = createFirestoreRecordStore({ projectId: PROJECT_ID, userHashKey: 'bench'.repeat(8) })
  const timesInto = timesOn(records)
  const held = await newUploader(system)
  const year = (await timesInto(held, dayBody(0, YEAR_DAYS))).merging
  const fresh = await newUploader(system)
  await timesInto(fresh, dayBody(YEAR_DAYS - FORTNIGHT_DAYS, FORTNIGHT_DAYS))
  const rounds: Round[] = []
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const day = dayBody(YEAR_DAYS + round + WARM_UP_ROUNDS, 1)
    const times = {
      year: await timesInto(held, day),
      fortnight: await timesInto(fresh, day),
      nothing: await timesInto(await newUploader(system), day),
    }
    if (round >= 0) rounds.push(times)
  }
  const samples = YEAR_DAYS * SAMPLES_A_DAY
  return [
    { bench: 'merge', name: 'a year at once', runs: 1, median_ms: year, per_second: (1000 * samples) / year },
    ...rowsOf(rounds),
  ]
}

interface Times {
  readonly merging: number
  readonly analysing: number
}

type Round = Readonly<Record<'year' | 'fortnight' | 'nothing', Times>>

function rowsOf(rounds: readonly Round[]): BenchRow[] {
  const row = (name: string, into: keyof Round, what: keyof Times) =>
    ({ bench: 'merge', name, ...timesOf(rounds.map((round) => round[into][what])) }) as const
  const nothing = row('a day into nothing, to the days written', 'nothing', 'merging')
  const fortnight = row('a day into a fortnight, to the days written', 'fortnight', 'merging')
  const year = row('a day into a year, to the days written', 'year', 'merging')
  const first = row('a first day analysed, from the days written', 'nothing', 'analysing')
  const next = row("a year's next day analysed, from the days written", 'year', 'analysing')
  const ratio = year.median_ms / nothing.median_ms
  const besideFortnight = { ...year, name: 'a day into a year, beside a fortnight' }
  return [
    nothing,
    fortnight,
    { ...besideFortnight, ratio: year.median_ms / fortnight.median_ms },
    { ...year, ratio, goal: `≤ ${GOAL_RATIO} of a day into nothing`, met: ratio <= GOAL_RATIO },
    first,
    { ...next, ratio: next.median_ms / first.median_ms },
  ]
}

function dayBody(day: number, days: number): Buffer {
  const stepMs = dayMs / SAMPLES_A_DAY
  const body = { samples: days * SAMPLES_A_DAY, from: FROM + day * dayMs, seed: day, stepMs }
  return gzipSync(envelopeBody(body))
}

function timesOn({ uploads }: RecordStore) {
  return async ({ userId, send }: Uploader, gzip: Buffer): Promise<Times> => {
    const { uploadId } = await send(gzip)
    const { stages } = await reached(uploads, { userId, uploadId, stage: 'merged' })
    const written = Date.now()
    // Nothing of this upload is left to do while the next is measured.
    const ended = await reached(uploads, { userId, uploadId, stage: 'narrated' })
    return {
      merging: written - completedAt(stages, 'parsed'),
      analysing: completedAt(ended.stages, 'analysed') - written,
    }
  }
}

function completedAt(stages: Processing['stages'], stage: string): number {
  return Date.parse(stages.find(({ name }) => name === stage)?.completed_at ?? '')
}

function timesOf(times: readonly number[]) {
  const ascending = times.toSorted((a, b) => a - b)
  return { runs: times.length, median_ms: quantile(ascending, 0.5), p95_ms: quantile(ascending, 0.95) }
}
