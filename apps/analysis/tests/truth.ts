import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { datesBetween, mergeIntoShards, type SummaryRow, summariseDays } from '@clarity/health-data'
import { readUpload, type UploadFormat } from '../src/reading/read-upload.ts'

/** Where the shared samples lie, beside the repository. */
export const samples = join(import.meta.dirname, '../../../../shared/samples')
const hasSamples = existsSync(samples)
if (!hasSamples) console.log('The shared samples are absent: their reference values are not compared.')
/** As `describe`, skipped where the shared samples are absent. */
export const describeWithSamples = hasSamples ? describe : describe.skip

interface Statistics {
  readonly n: number
  readonly mean: number
  readonly min?: number
  readonly max?: number
}
type Daily<Value> = Readonly<Record<string, Value>>
export interface Truth {
  readonly steps: Daily<{ priority_interval_union: number }>
  readonly steps_after_tombstones?: Daily<number>
  readonly heart_rate: Daily<Statistics>
  readonly hrv_sdnn_ms: Daily<Statistics>
  readonly respiratory_rate: Daily<Statistics>
  readonly spo2_fraction: Daily<Statistics>
  readonly resting_hr: Daily<Statistics>
  readonly exercise_min: Daily<number>
  readonly active_energy_kcal_naive: Daily<number>
  readonly sleep_minutes_by_wake_day_source_stage: Daily<Daily<number>>
}

/** The reference values of one set of samples. */
export function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(join(samples, 'truth', `${name}.json`), 'utf8')) as Truth
}

/** How a sample upload is read and cut into days. */
export interface Reading {
  readonly format?: UploadFormat
  readonly uploadTimezone?: string
  /** Zone in which days are cut, where it is not the upload's. */
  readonly daysIn?: string
}

async function samplesOf(file: string, { format = 'json', uploadTimezone }: Reading) {
  const reading = await readUpload({
    stream: createReadStream(join(samples, file)),
    contentEncoding: file.endsWith('.gz') ? 'gzip' : undefined,
    format,
    context: {
      uploadId: 'u',
      receivedAt: Date.parse('2025-03-20T00:00:00Z'),
      ...(uploadTimezone && { uploadTimezone }),
    },
  })
  expect(reading.rejected).toBe(0)
  return reading
}

/** The days of a file, or of a folder whose files are the parts of one account. */
export async function rowsOf(path: string, reading: Reading = {}): Promise<SummaryRow[]> {
  const isFile = /\.(json|ndjson|xml)(\.gz)?$/.test(path)
  const files = isFile ? [path] : readdirSync(join(samples, path)).map((name) => `${path}/${name}`)
  const parts = []
  for (const file of files) parts.push(await samplesOf(file, reading))
  const incoming = parts.flatMap(({ samples: part }) => part)
  const tombstones = parts.flatMap((part) => part.tombstones)
  const { changed } = mergeIntoShards({ existing: new Map(), incoming, tombstones })
  const kept = [...changed.values()].flat()
  const { daysIn } = reading
  const zoned = daysIn === undefined ? kept : kept.map((sample) => ({ ...sample, timezone: daysIn }))
  return summariseDays(datesBetween('2025-03-01', '2025-03-17'), zoned)
}

/** Decimals that a value may differ in: the reference rounds, and some shapes cut times to whole seconds. */
export interface Tolerance {
  readonly steps: number
  readonly sleepMinutes: number
}

function near(got: number | null, wanted: number | undefined, tolerance: number): boolean {
  return wanted === undefined || (got !== null && Math.abs(got - wanted) <= tolerance)
}

/** What a row disagrees on with the reference, by field. */
export function disagreements(
  row: SummaryRow,
  truth: Truth,
  tolerance: Tolerance & { readonly wantedSteps: number | undefined },
) {
  const { date, sleep } = row
  const stages = truth.sleep_minutes_by_wake_day_source_stage[date] ?? {}
  const slept = ['core', 'deep', 'rem'].reduce((total, stage) => total + (stages[`watch:${stage}`] ?? 0), 0)
  const oxygen = truth.spo2_fraction[date]
  const statistics = (
    name: 'heart_rate' | 'hrv_sdnn_ms' | 'respiratory_rate',
  ): [string, number | null, number | undefined, number][] => [
    [`${name}.count`, row[name].count, truth[name][date]?.n, 0],
    [`${name}.mean`, row[name].mean, truth[name][date]?.mean, 1e-4],
  ]
  const checks: [string, number | null, number | undefined, number][] = [
    ['steps', row.steps, tolerance.wantedSteps, tolerance.steps],
    ...statistics('heart_rate'),
    ...statistics('hrv_sdnn_ms'),
    ...statistics('respiratory_rate'),
    ['heart_rate.min', row.heart_rate.min, truth.heart_rate[date]?.min, 1e-3],
    ['heart_rate.max', row.heart_rate.max, truth.heart_rate[date]?.max, 1e-3],
    ['oxygen.count', row.oxygen_saturation_percent.count, oxygen?.n, 0],
    ['oxygen.mean', row.oxygen_saturation_percent.mean, oxygen && oxygen.mean * 100, 0.01],
    ['resting_heart_rate', row.resting_heart_rate, truth.resting_hr[date]?.mean, 1e-3],
    ['exercise_minutes', row.exercise_minutes, truth.exercise_min[date], 1e-3],
    ['active_energy_kcal', row.active_energy_kcal, truth.active_energy_kcal_naive[date], 1e-3],
    [
      'asleep and naps',
      (sleep.asleep_minutes ?? 0) + (sleep.naps_minutes ?? 0),
      slept,
      tolerance.sleepMinutes,
    ],
    ['deep', sleep.deep_minutes, stages['watch:deep'], tolerance.sleepMinutes],
    ['rem', sleep.rem_minutes, stages['watch:rem'], tolerance.sleepMinutes],
    ['awake', sleep.awake_minutes, stages['watch:awake'], tolerance.sleepMinutes],
    ['in bed', sleep.in_bed_minutes, stages['phone:inBed'], tolerance.sleepMinutes],
  ]
  return checks
    .filter(([, got, wanted, most]) => !near(got, wanted, most))
    .map(([name, got, wanted]) => ({ date, name, got, wanted }))
}

/** For shapes that keep fractions of a second. */
export const exact = { steps: 0.02, sleepMinutes: 0.02 }
/** For shapes that cut times to whole seconds. */
export const wholeSeconds = { steps: 6.5, sleepMinutes: 0.1 }
