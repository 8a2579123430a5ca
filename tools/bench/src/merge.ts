import { gzipSync } from 'node:zlib'
import type { Processing } from '@clarity/contracts'
import { startSystem } from '@clarity/testkit'
import type { BenchRow } from './bench-row.ts'
import { quantile } from './time-runs.ts'
import { envelopeBody } from './upload-bodies.ts'
import { type Uploader, newUploader } from './uploader.ts'

const dayMs = 86_400_000
const FROM = Date.parse('2025-01-06T00:00:00Z')
const YEAR_DAYS = 365
const FORTNIGHT_DAYS = 14
const SAMPLES_A_DAY = 1440
const ROUNDS = 9
const GOAL_RATIO = 1.1

/**
 * The merging of uploads as their processing tells it, from the body read to the days written, the choice of what is
 * to be analysed included (which reads the week before): a year at once, then in turns one more day of this person, one
 * more of somebody with a fortnight, and the first day of others.
 */
export async function merge(): Promise<BenchRow[]> {
  await using system = await startSystem({ environment: { LOG_LEVEL: 'warn', OTEL_TRACES_EXPORTER: 'none' } })
  const held = await newUploader(system)
  const year = await mergingMs(held, dayBody(0, YEAR_DAYS))
  const fresh = await newUploader(system)
  await mergingMs(fresh, dayBody(YEAR_DAYS - FORTNIGHT_DAYS, FORTNIGHT_DAYS))
  const intoYear: number[] = []
  const intoFortnight: number[] = []
  const intoNothing: number[] = []
  for (let round = -2; round < ROUNDS; round += 1) {
    const day = dayBody(YEAR_DAYS + round + 2, 1)
    const times = [
      await mergingMs(held, day),
      await mergingMs(fresh, day),
      await mergingMs(await newUploader(system), day),
    ] as const
    if (round < 0) continue
    intoYear.push(times[0])
    intoFortnight.push(times[1])
    intoNothing.push(times[2])
  }
  const [yearTimes, fortnightTimes, emptyTimes] = [intoYear, intoFortnight, intoNothing].map(timesOf) as Times
  const ratio = yearTimes.median_ms / emptyTimes.median_ms
  const samples = YEAR_DAYS * SAMPLES_A_DAY
  return [
    { bench: 'merge', name: 'a year at once', runs: 1, median_ms: year, per_second: (1000 * samples) / year },
    { bench: 'merge', name: 'a day into nothing', ...emptyTimes },
    { bench: 'merge', name: 'a day into a fortnight', ...fortnightTimes },
    {
      bench: 'merge',
      name: 'a day into a year, beside a fortnight',
      ...yearTimes,
      ratio: yearTimes.median_ms / fortnightTimes.median_ms,
    },
    {
      bench: 'merge',
      name: 'a day into a year, beside nothing',
      ...yearTimes,
      ratio,
      goal: `≤ ${GOAL_RATIO} of a day into nothing`,
      met: ratio <= GOAL_RATIO,
    },
  ]
}

function dayBody(day: number, days: number): Buffer {
  const stepMs = dayMs / SAMPLES_A_DAY
  const body = { samples: days * SAMPLES_A_DAY, from: FROM + day * dayMs, seed: day, stepMs }
  return gzipSync(envelopeBody(body))
}

async function mergingMs(person: Uploader, gzip: Buffer): Promise<number> {
  const { uploadId } = await person.send(gzip)
  const { stages } = await person.merged(uploadId)
  return completedAt(stages, 'merged') - completedAt(stages, 'parsed')
}

function completedAt(stages: Processing['stages'], stage: string): number {
  return Date.parse(stages.find(({ name }) => name === stage)?.completed_at ?? '')
}

type Times = [ReturnType<typeof timesOf>, ReturnType<typeof timesOf>, ReturnType<typeof timesOf>]

function timesOf(times: readonly number[]) {
  const ascending = times.toSorted((a, b) => a - b)
  return { runs: times.length, median_ms: quantile(ascending, 0.5), p95_ms: quantile(ascending, 0.95) }
}
