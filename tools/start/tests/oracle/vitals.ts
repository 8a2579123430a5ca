import { type DayFigures, mean, median, vitalsByDate } from './day-vitals.ts'
import { nightsByDay } from './nights.ts'
import type { RawSample } from './read-samples.ts'
import type { Week } from './rhythm.ts'
import { daysBefore, wallAt } from './wall-clock.ts'

const MINUTE = 60_000
type Figures = Record<string, number | string | null>

/** Kendall's score that chance exceeds or meets with at most 2.5 %, by number of days (Hollander & Wolfe, A.30). */
const CRITICAL: Readonly<Record<number, number>> = {
  7: 15,
  8: 18,
  9: 20,
  10: 23,
  11: 27,
  12: 30,
  13: 34,
  14: 37,
  15: 41,
  16: 46,
}

export interface VitalDates {
  readonly window: readonly string[]
  readonly valid: readonly string[]
  readonly baseline: readonly string[]
}

/** What the samples give for the measures of vital signs, sleep times and activity, by section. */
export function vitalFigures(
  samples: readonly RawSample[],
  { dates, week, steps }: { dates: VitalDates; week: Week; steps: ReadonlyMap<string, number> },
): { sections: Record<string, Figures>; days: Map<string, DayFigures> } {
  const days = vitalsByDate(samples, [...dates.baseline, ...dates.valid])
  const of = (name: string, among = dates.valid) => among.flatMap((date) => days.get(date)?.[name] ?? [])
  const middle = (name: string) => (of(name).length === 0 ? null : median(of(name)))
  const all = (...names: (readonly [measure: string, figure: string])[]): Figures =>
    Object.fromEntries(names.map(([measure, figure]) => [measure, middle(figure)]))
  const trend = (name: string, figure: string) => trendFigures(days, { name, figure })
  const clock = (name: string) => {
    const minute = middle(name)
    return minute === null ? null : clockText((minute + 1440) % 1440)
  }
  const onsets = of('onset')
  const sections = {
    activity: activityFigures(samples, { dates, week, steps }),
    sleep: {
      ...Object.fromEntries(
        [
          'efficiency',
          'maintenance',
          'latency',
          'awake_after_onset',
          'awakenings',
          'long_awakenings',
          'core_share',
          'deep_share',
          'rem_share',
        ].map((name) => [name, middle(name)]),
      ),
      naps_per_day: middle('naps'),
      onset_time: clock('onset'),
      waking_time: clock('waking'),
      middle_time: clock('middle'),
      onset_spread: onsets.length < 3 ? null : deviation(onsets),
      regularity_index: regularity(samples, dates.window),
      ...weekly(days, dates),
    },
    heart: {
      ...all(
        ['time_weighted_rate', 'heart_rate'],
        ['day_rate', 'day_heart_rate'],
        ['night_rate', 'night_heart_rate'],
        ['night_dip', 'night_dip'],
      ),
      walking_rate: null,
      recovery_one_minute: recovery(samples, dates.window),
      irregular_rhythm_events: null,
    },
    hrv: { ...all(['night_sdnn', 'sdnn']), ...trend('night_sdnn_trend', 'sdnn') },
    respiration: { ...all(['night_rate', 'breathing']), ...trend('night_rate_trend', 'breathing') },
    oxygen: {
      ...all(
        ['night_saturation', 'oxygen'],
        ['minutes_read', 'oxygen_minutes'],
        ['minutes_below_94', 'below_94'],
        ['minutes_below_92', 'below_92'],
        ['minutes_below_90', 'below_90'],
      ),
      // Both files read oxygen twice an hour or never.
      lowest_sustained: null,
    },
  }
  return { sections, days }
}

function activityFigures(
  samples: readonly RawSample[],
  { dates, week, steps }: { dates: VitalDates; week: Week; steps: ReadonlyMap<string, number> },
): Figures {
  const inWindow = samples.filter(
    ({ type, zone, from, to }) =>
      type === 'StepCount' && to - from <= 60 * MINUTE && dates.window.includes(wallAt(zone, from).date),
  )
  const total = (of: readonly RawSample[]) => of.reduce((sum, { value }) => sum + value, 0)
  const isMinutely =
    total(inWindow.filter(({ from, to }) => to > from && to - from <= MINUTE)) >= total(inWindow) / 2
  const days = dates.valid.map((date) =>
    week
      .slice(dates.window.indexOf(date) * 1440)
      .slice(0, 1440)
      .filter((minute) => minute !== null),
  )
  const between = (low: number, high: number) =>
    isMinutely ? mean(days.map((day) => day.filter((value) => value >= low && value < high).length)) : null
  const peak = (day: readonly number[]) => mean([...day].sort((a, b) => b - a).slice(0, 30))
  const daily = dates.valid.flatMap((date) => (steps.has(date) ? [{ date, value: steps.get(date)! }] : []))
  const isWeekend = (date: string) => [0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay())
  const some = (weekend: boolean) => {
    const chosen = daily.filter(({ date }) => isWeekend(date) === weekend).map(({ value }) => value)
    return chosen.length === 0 ? null : mean(chosen)
  }
  const amounts = daily.map(({ value }) => value)
  return {
    incidental_minutes: between(1, 20),
    sporadic_minutes: between(20, 40),
    purposeful_minutes: between(40, 60),
    slow_walking_minutes: between(60, 80),
    medium_walking_minutes: between(80, 100),
    brisk_walking_minutes: between(100, 120),
    faster_walking_minutes: between(120, Infinity),
    peak_30_min_cadence: isMinutely ? mean(days.map(peak)) : null,
    steps_variation: amounts.length < 3 ? null : (deviation(amounts) / mean(amounts)) * 100,
    weekday_steps: some(false),
    weekend_steps: some(true),
  }
}

/** What needs nights before free days and before work days. */
function weekly(days: ReadonlyMap<string, DayFigures>, { valid, baseline }: VitalDates): Figures {
  const isFree = (date: string) => /^S/.test(new Date(`${date}T12:00:00Z`).toUTCString())
  const of = (name: string, dates: readonly string[]) => dates.flatMap((date) => days.get(date)?.[name] ?? [])
  const [free, work] = [valid.filter(isFree), valid.filter((date) => !isFree(date))].map((dates) =>
    of('middle', dates),
  ) as [number[], number[]]
  const habits = of('asleep', [...baseline, ...valid].filter(isFree))
  const need = habits.length < 4 ? null : median(habits)
  const nights = of('asleep', valid)
  return {
    social_jet_lag: free.length === 0 || work.length < 3 ? null : Math.abs(mean(free) - mean(work)),
    own_need: need,
    debt:
      need === null || nights.length < 5 ? null : need * nights.length - nights.reduce((a, b) => a + b, 0),
  }
}

/** Theil–Sen by hand. */
function trendFigures(
  days: ReadonlyMap<string, DayFigures>,
  { name, figure }: { name: string; figure: string },
): Figures {
  const points = [...days].flatMap(([date, figures]) =>
    figures[figure] === undefined ? [] : [[Date.parse(date) / 604_800_000, figures[figure]] as const],
  )
  if (points.length < 7) return { [name]: null, [`${name}_low`]: null, [`${name}_high`]: null }
  const slopes: number[] = []
  for (const [x, y] of points) for (const [u, v] of points) if (u > x) slopes.push((v - y) / (u - x))
  slopes.sort((a, b) => a - b)
  const cut = (slopes.length - CRITICAL[points.length]! + 2) / 2
  return { [name]: median(slopes), [`${name}_low`]: slopes[cut - 1]!, [`${name}_high`]: slopes.at(-cut)! }
}

/** Phillips 2017: minutes from noon to noon, compared with those a day before. */
function regularity(samples: readonly RawSample[], window: readonly string[]): number | null {
  const zone = samples[0]!.zone
  const nights = nightsByDay(samples.filter(({ type }) => type === 'SleepAnalysis'))
  const asleep = new Set<number>()
  for (const night of nights.values()) {
    for (const { from, to } of night.own.filter(({ value }) => value !== 2)) {
      for (let at = Math.round(from / MINUTE); at < Math.round(to / MINUTE); at += 1) asleep.add(at)
    }
  }
  const known = new Map<number, boolean>()
  const first = Date.parse(`${daysBefore(window[0]!, 2)}T00:00Z`) / MINUTE
  for (let minute = first; minute < first + 11 * 1440; minute += 1) {
    const { date, hour } = wallAt(zone, minute * MINUTE)
    const day = hour < 12 ? date : daysBefore(date, -1)
    if (window.includes(day) && nights.has(day)) known.set(minute, asleep.has(minute))
  }
  const pairs = [...known].filter(([minute]) => known.has(minute - 1440))
  const equal = pairs.filter(([minute, state]) => known.get(minute - 1440) === state)
  return pairs.length === 0 ? null : (equal.length / pairs.length) * 200 - 100
}

/** Cole 1999; the readings nearest to a minute after the end. */
function recovery(samples: readonly RawSample[], window: readonly string[]): number | null {
  const here = samples.filter(({ zone, from }) => window.includes(wallAt(zone, from).date))
  const rates = here.filter(({ type }) => type === 'HeartRate')
  const drops = here
    .filter(({ type }) => type === 'Workout')
    .flatMap(({ to: end }) => {
      const before = rates.filter(({ from }) => from >= end - MINUTE && from <= end).map(({ value }) => value)
      const after = rates
        .map(({ from, value }) => ({ value, away: Math.abs(from - end - MINUTE) }))
        .filter(({ away }) => away <= 20_000)
        .sort((a, b) => a.away - b.away)
      return before.length > 0 && after[0] ? [Math.max(...before) - after[0].value] : []
    })
  return drops.length === 0 ? null : Math.max(...drops)
}

function deviation(values: readonly number[]): number {
  const centre = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1))
}

const clockText = (minute: number) =>
  [minute / 60, minute % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
