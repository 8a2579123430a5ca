import type { SummaryRow } from '@clarity/health-data'
import { type System, startSystem } from '@clarity/testkit'
import { describeWithShared, newPerson, sharedJson, summaryRows, uploadSample } from './uploads.ts'

type Days<T> = Readonly<Record<string, T>>

interface Truth {
  readonly steps: Days<{ readonly priority_interval_union: number }>
  readonly steps_after_tombstones: Days<number>
  readonly heart_rate: Days<{ n: number; min: number; max: number; mean: number }>
  readonly hrv_sdnn_ms: Days<{ n: number; mean: number }>
  readonly respiratory_rate: Days<{ n: number; mean: number }>
  readonly spo2_fraction: Days<{ n: number; mean: number }>
  readonly resting_hr: Days<{ n: number; mean: number }>
  readonly exercise_min: Days<number>
  readonly sleep_minutes_by_wake_day_source_stage: Days<Record<string, number>>
}

const LABEL = 'synthetic-16d-iphone-watch'
const RANGE = { start: '2025-03-01', end: '2025-03-17' }
const NEW_YORK = 'America/New_York'

/** What the truth files say of one day, in the words of a summary row; undefined where they say nothing. */
function expectedOf(truth: Truth, date: string, steps: number | undefined) {
  const stage = (name: string) => truth.sleep_minutes_by_wake_day_source_stage[date]?.[`watch:${name}`]
  const oxygen = truth.spo2_fraction[date]
  return {
    steps,
    exercise_minutes: truth.exercise_min[date],
    heart_rate_count: truth.heart_rate[date]?.n,
    heart_rate_min: truth.heart_rate[date]?.min,
    heart_rate_max: truth.heart_rate[date]?.max,
    heart_rate_mean: truth.heart_rate[date]?.mean,
    resting_heart_rate: truth.resting_hr[date]?.mean,
    hrv_mean: truth.hrv_sdnn_ms[date]?.mean,
    respiration_mean: truth.respiratory_rate[date]?.mean,
    oxygen_mean: oxygen && oxygen.mean * 100,
    in_bed: truth.sleep_minutes_by_wake_day_source_stage[date]?.['phone:inBed'],
    core: stage('core'),
    deep: stage('deep'),
    rem: stage('rem'),
  }
}

function actualOf(
  row: SummaryRow | undefined,
): Record<keyof ReturnType<typeof expectedOf>, number | null | undefined> {
  return {
    steps: row?.steps,
    exercise_minutes: row?.exercise_minutes,
    heart_rate_count: row?.heart_rate.count,
    heart_rate_min: row?.heart_rate.min,
    heart_rate_max: row?.heart_rate.max,
    heart_rate_mean: row?.heart_rate.mean,
    resting_heart_rate: row?.resting_heart_rate,
    hrv_mean: row?.hrv_sdnn_ms.mean,
    respiration_mean: row?.respiratory_rate.mean,
    oxygen_mean: row?.oxygen_saturation_percent.mean,
    in_bed: row?.sleep.in_bed_minutes,
    // The truth adds up the whole day of waking; the rows keep naps, which are core sleep here, apart.
    core: row && (row.sleep.core_minutes ?? 0) + (row.sleep.naps_minutes ?? 0),
    deep: row?.sleep.deep_minutes,
    rem: row?.sleep.rem_minutes,
  }
}

/**
 * The truth was made from microseconds; most clients send whole seconds. That moves a share of a step sum across the
 * edge of another source's interval (0.1 %), and a stage of sleep by up to a second at each of its ends.
 */
function tolerance(field: string, value: number): number {
  if (field === 'steps') return 1e-3 * value
  return ['in_bed', 'core', 'deep', 'rem'].includes(field) ? 0.1 : 0.011
}

function differences(
  rows: Map<string, SummaryRow>,
  expected: Map<string, ReturnType<typeof expectedOf>>,
): string[] {
  return [...expected].flatMap(([date, day]) => {
    const actual = actualOf(rows.get(date))
    return Object.entries(day).flatMap(([field, value]) => {
      const got = actual[field as keyof typeof actual]
      if (value === undefined) return []
      const isClose = typeof got === 'number' && Math.abs(got - value) <= tolerance(field, value)
      return isClose ? [] : [`${date} ${field}: expected ${value}, got ${got}`]
    })
  })
}

describeWithShared('the synthetic sixteen days, as each client sends them', () => {
  let system: System
  beforeAll(async () => void (system = await startSystem()), 90_000)
  afterAll(() => system[Symbol.asyncDispose]())

  const own = sharedJsonOrEmpty(`samples/truth/${LABEL}.json`)
  const newYork = sharedJsonOrEmpty(`samples/truth/${LABEL}.new-york.json`)
  const march = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `2025-03-${String(from + index).padStart(2, '0')}`)
  const merged = (truth: Truth) => (date: string) => truth.steps[date]?.priority_interval_union

  it.each([
    {
      path: `raw-envelope/${LABEL}.json.gz`,
      zone: 'UTC',
      truth: own,
      dates: march(1, 16),
      steps: merged(own),
    },
    {
      path: `react-native-healthkit/${LABEL}.json.gz`,
      zone: NEW_YORK,
      truth: newYork,
      dates: march(1, 11),
      steps: (date: string) => newYork.steps_after_tombstones[date],
    },
    {
      path: `apple-export/${LABEL}-en_US.xml.gz`,
      zone: NEW_YORK,
      truth: newYork,
      dates: march(1, 11),
      steps: merged(newYork),
    },
    {
      path: `health-auto-export/${LABEL}-individual.json`,
      zone: NEW_YORK,
      truth: newYork,
      dates: march(1, 11),
      // Its rows have no end: their steps cannot be merged by interval.
      steps: () => undefined,
    },
  ])(
    '$path gives the numbers of truth/',
    async ({ path, zone, truth, dates, steps }) => {
      const person = await newPerson(system)
      const { processing } = await uploadSample(person, path, zone)
      expect(processing).toMatchObject({ status: 'completed', error: null })
      const rows = await summaryRows(person, RANGE)
      const expected = new Map(dates.map((date) => [date, expectedOf(truth, date, steps(date))]))
      expect({ path, wrong: differences(rows, expected) }).toEqual({ path, wrong: [] })
    },
    120_000,
  )
})

function sharedJsonOrEmpty(path: string): Truth {
  try {
    return sharedJson<Truth>(path)
  } catch {
    return { steps: {}, steps_after_tombstones: {} } as Truth
  }
}
