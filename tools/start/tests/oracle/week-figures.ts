import { amountByDay, amountByMinute } from './amounts.ts'
import { nightsByDay } from './nights.ts'
import { type RawSample, acceptedOf } from './read-samples.ts'
import { type Rhythm, type Week, rhythmOf } from './rhythm.ts'
import type { DayFigures } from './day-vitals.ts'
import { vitalFigures } from './vitals.ts'
import { daysBefore, wallAt } from './wall-clock.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

type Figures = Readonly<Record<string, number | string | null>>

export interface WeekFigures {
  readonly window: {
    readonly start: string
    readonly end: string
    readonly timezone: string
    readonly valid_days: number
    readonly coverage: number
  }
  readonly observedMinutes: number
  /** Observed clock hours of each date of the window. */
  readonly hours: readonly (readonly [date: string, hours: number])[]
  readonly sections: Readonly<Record<string, Figures>>
  /** The valid days of the window and of the four weeks before it, with their vital signs and steps. */
  readonly validDates: readonly string[]
  readonly baselineDates: readonly string[]
  readonly days: ReadonlyMap<string, DayFigures>
}

/** Everything that an analysis says of the week before its last valid day, from the samples of one zone alone. */
export function weekFigures(raw: readonly RawSample[]): WeekFigures {
  const samples = acceptedOf(raw)
  const hours = observedHours(samples)
  const isValid = (date: string) => (hours.get(date)?.size ?? 0) >= 10
  const end = [...hours.keys()].filter(isValid).sort().at(-1)!
  const dates = [6, 5, 4, 3, 2, 1, 0].map((days) => daysBefore(end, days))
  const validDates = dates.filter(isValid)
  const week = weekOf(samples, { dates, hours })
  const baseline = Array.from({ length: 28 }, (_, day) => daysBefore(dates[0]!, 28 - day)).filter(isValid)
  const steps = amountByDay(samples.filter(({ type }) => type === 'StepCount'))
  const vitals = vitalFigures(samples, { dates: { window: dates, valid: validDates, baseline }, week, steps })
  const means = dayMeans(samples, validDates)
  const observedMinutes = week.filter((minute) => minute !== null).length
  return {
    window: {
      start: dates[0]!,
      end,
      timezone: samples[0]!.zone,
      valid_days: validDates.length,
      coverage: observedMinutes / 10_080,
    },
    observedMinutes,
    hours: dates.map((date) => [date, hours.get(date)?.size ?? 0]),
    sections: {
      rhythm: rhythmOf(week),
      ...Object.fromEntries(
        Object.entries(means).map(([name, figures]) => [name, { ...figures, ...vitals.sections[name] }]),
      ),
    },
    validDates,
    baselineDates: baseline,
    days: new Map([...vitals.days].map(([date, day]) => [date, { ...day, steps: steps.get(date) }])),
  }
}

/** Clock hours by date in which a sample of at most an hour lies. */
function observedHours(samples: readonly RawSample[]): Map<string, Set<number>> {
  const hours = new Map<string, Set<number>>()
  for (const { from, to, zone } of samples) {
    if (to - from > HOUR) continue
    for (let at = from; at === from || at < to; at += MINUTE - (at % MINUTE)) {
      const { date, hour } = wallAt(zone, at)
      hours.set(date, (hours.get(date) ?? new Set()).add(hour))
    }
  }
  return hours
}

/** Steps by clock minute; a minute that the clock shows twice holds the mean of the two. */
function weekOf(
  samples: readonly RawSample[],
  { dates, hours }: { dates: readonly string[]; hours: ReadonlyMap<string, ReadonlySet<number>> },
): Week {
  const zone = samples[0]!.zone
  const short = samples.filter(({ type, from, to }) => type === 'StepCount' && to - from <= HOUR)
  const steps = amountByMinute(short)
  const shown = new Map<string, number[]>()
  const middle = Date.parse(`${dates[3]}T12:00:00Z`) / MINUTE
  for (let minute = middle - 5 * 1440; minute < middle + 5 * 1440; minute += 1) {
    const wall = wallAt(zone, minute * MINUTE)
    const name = `${wall.date} ${wall.hour}:${wall.minute}`
    shown.set(name, [...(shown.get(name) ?? []), steps.get(minute) ?? 0])
  }
  return dates.flatMap((date) =>
    Array.from({ length: 1440 }, (_, minute) => {
      const hour = Math.floor(minute / 60)
      const values = shown.get(`${date} ${hour}:${minute % 60}`)
      return hours.get(date)?.has(hour) && values ? mean(values) : null
    }),
  )
}

function dayMeans(samples: readonly RawSample[], dates: readonly string[]): Record<string, Figures | Rhythm> {
  const of = (type: string) => samples.filter((sample) => sample.type === type)
  const over = (values: ReadonlyMap<string, number | null>) => {
    const known = dates.flatMap((date) => values.get(date) ?? [])
    return known.length === 0 ? null : mean(known)
  }
  const total = (type: string) => over(amountByDay(of(type)))
  const daily = (type: string, choose: (values: readonly number[]) => number) => {
    const days = Map.groupBy(of(type), ({ zone, from }) => wallAt(zone, from).date)
    return over(new Map([...days].map(([date, day]) => [date, choose(day.map(({ value }) => value))])))
  }
  const nights = nightsByDay(of('SleepAnalysis'))
  const nightly = (stage: 'asleep' | 'inBed' | 'awake' | 'deep' | 'rem') =>
    over(new Map([...nights].map(([date, night]) => [date, night[stage]])))
  const lowest = (values: readonly number[]) => Math.min(...values)
  return {
    activity: {
      steps_per_day: total('StepCount'),
      distance_per_day: total('DistanceWalkingRunning'),
      active_energy_per_day: total('ActiveEnergyBurned'),
      exercise_per_day: total('AppleExerciseTime'),
      flights_per_day: total('FlightsClimbed'),
    },
    sleep: {
      asleep_per_night: nightly('asleep'),
      in_bed_per_night: nightly('inBed'),
      awake_per_night: nightly('awake'),
      deep_per_night: nightly('deep'),
      rem_per_night: nightly('rem'),
    },
    heart: {
      mean_rate: daily('HeartRate', mean),
      lowest_rate: daily('HeartRate', lowest),
      highest_rate: daily('HeartRate', (values) => Math.max(...values)),
      resting_rate: daily('RestingHeartRate', mean),
    },
    hrv: { sdnn: daily('HeartRateVariabilitySDNN', mean) },
    respiration: { rate: daily('RespiratoryRate', mean) },
    oxygen: {
      saturation: daily('OxygenSaturation', mean),
      lowest_saturation: daily('OxygenSaturation', lowest),
    },
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
