import {
  type DaySleep,
  type Sample,
  type SleepSession,
  acceptedByType,
  addDays,
  civilDate,
  daySleep,
} from '@clarity/health-data'
import type { DayVitals } from './day-figures.ts'
import { nightDip } from './heart.ts'
import { type Reading, held, heldMinutes } from './readings.ts'
import { nightFigures } from './sleep-night.ts'
import { mean, median } from './statistics.ts'
import { timeWeightedMean } from './time-weighted.ts'

/** Watches read the heart about every five minutes at rest; twice that is a gap. */
const HEART_HOLD_MINUTES = 10
const OXYGEN_HOLD_MINUTES = 5

/** Types whose readings in the evening belong to the night that ends on the next civil day. */
const NIGHT_TYPES = new Set([
  'heart_rate',
  'heart_rate_variability_sdnn',
  'respiratory_rate',
  'oxygen_saturation',
  'apple_sleeping_wrist_temperature',
])

/** Everything that a day's figures are made from, sleep aside. */
const READ_TYPES = new Set([
  ...NIGHT_TYPES,
  'resting_heart_rate',
  'walking_heart_rate_average',
  'body_temperature',
  'vo2_max',
])

/** True for a sample that can also change the figures of the civil day after its own. */
export function reachesNextDay({ type }: Sample): boolean {
  return NIGHT_TYPES.has(type)
}

/** Samples of each type by the civil date, in their own zone, in which they start. */
type ByTypeAndDate = ReadonlyMap<string, ReadonlyMap<string, readonly Reading[]>>

/**
 * The figures of civil days from the accepted samples around them, in any order: what is summed up in a night reads
 * the samples of its day of waking and of the day before, each dated in its own zone. A figure without readings is
 * absent; values that are no numbers, or negative, are not read.
 */
export function vitalsByDay(dates: readonly string[], samples: readonly Sample[]): Map<string, DayVitals> {
  const accepted = acceptedByType(samples)
  const byType = new Map([...READ_TYPES].map((type) => [type, byDate(accepted.get(type) ?? [])]))
  const inStartOrder = (type: string) =>
    (accepted.get(type) ?? []).sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
  const sleep = daySleep(inStartOrder('sleep_analysis'), inStartOrder('sleep_night'))
  return new Map(dates.map((date) => [date, vitalsOf(date, { byType, sleep: sleep.get(date) })]))
}

function byDate(samples: readonly Sample[]): Map<string, Reading[]> {
  const days = new Map<string, Reading[]>()
  let lastDate = ''
  let day: Reading[] = []
  for (const sample of samples) {
    if (!isReading(sample)) continue
    const { type, start, end, timezone } = sample
    const date = civilDate(timezone, type === 'apple_sleeping_wrist_temperature' ? end : start)
    if (date !== lastDate) {
      day = days.get(date) ?? []
      days.set(date, day)
      lastDate = date
    }
    day.push(sample)
  }
  return days
}

function isReading(sample: Sample): sample is Sample & Reading {
  return sample.value !== null && sample.value >= 0
}

function vitalsOf(
  date: string,
  { byType, sleep }: { byType: ByTypeAndDate; sleep: DaySleep | undefined },
): DayVitals {
  const of = (type: string, day = date) => byType.get(type)?.get(day) ?? []
  const during = (type: string) =>
    sleep ? [...of(type, addDays(date, -1)), ...of(type)].filter(isWithin(sleep.night)) : []
  const asleep = sleep ? [sleep.night, ...sleep.naps].map(isWithin) : []
  const isAwake = (reading: Reading) => !asleep.some((isAsleep) => isAsleep(reading))
  return present({
    ...heartOf({
      all: of('heart_rate'),
      night: during('heart_rate'),
      awake: sleep ? of('heart_rate').filter(isAwake) : [],
    }),
    resting_heart_rate: meanOf(of('resting_heart_rate')),
    walking_heart_rate: meanOf(of('walking_heart_rate_average')),
    night_sdnn: medianOf(during('heart_rate_variability_sdnn')),
    night_respiratory_rate: medianOf(during('respiratory_rate')),
    ...oxygenOf(during('oxygen_saturation')),
    wrist_temperature: meanOf(of('apple_sleeping_wrist_temperature')),
    body_temperature: meanOf(of('body_temperature')),
    vo2_max: meanOf(of('vo2_max')),
    ...(sleep ? nightOf(sleep) : {}),
  })
}

function heartOf({ all, night, awake }: Record<'all' | 'night' | 'awake', readonly Reading[]>) {
  const weighted = (readings: readonly Reading[]) => timeWeightedMean(readings, HEART_HOLD_MINUTES).value
  const [day, asleep] = [weighted(awake), weighted(night)]
  return {
    heart_rate: weighted(all),
    day_heart_rate: day,
    night_heart_rate: asleep,
    night_dip: nightDip(day, asleep).value,
  }
}

function oxygenOf(readings: readonly Reading[]) {
  if (readings.length === 0) return {}
  const spans = held(readings, OXYGEN_HOLD_MINUTES)
  const below = (limit: number) => heldMinutes(spans, (value) => value < limit)
  return {
    night_oxygen: medianOf(readings),
    oxygen_minutes: heldMinutes(spans),
    oxygen_below_94: below(94),
    oxygen_below_92: below(92),
    oxygen_below_90: below(90),
  }
}

function nightOf({ night, napsMinutes }: DaySleep) {
  const figures = nightFigures(night)
  if (!figures) return {}
  const { in_bed: _, ...rest } = figures
  return { ...rest, naps: napsMinutes }
}

function isWithin({ start, end }: SleepSession) {
  return (reading: Reading) => reading.start >= start && reading.start < end
}

const valuesOf = (readings: readonly Reading[]) => readings.map(({ value }) => value)
const meanOf = (readings: readonly Reading[]) => (readings.length > 0 ? mean(valuesOf(readings)) : null)
const medianOf = (readings: readonly Reading[]) => (readings.length > 0 ? median(valuesOf(readings)) : null)

/** The figures there are, without the noise of binary sums. */
function present(figures: Readonly<Record<string, number | null | undefined>>): DayVitals {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) =>
      typeof value === 'number' && Number.isFinite(value) ? [[name, Math.round(value * 1e6) / 1e6]] : [],
    ),
  )
}
