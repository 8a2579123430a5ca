import { type NightTimes, nightTimes } from './night-times.ts'
import { type Night, nightsByDay } from './nights.ts'
import type { RawSample } from './read-samples.ts'
import { daysBefore, wallAt } from './wall-clock.ts'

const MINUTE = 60_000

/** The figures of one day; absent where nothing was read. */
export type DayFigures = Readonly<Record<string, number | undefined>>

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  return half % 1 === 0 ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!
}

/** The vital signs of each date: what is read in a night counts to the day of waking. */
export function vitalsByDate(
  samples: readonly RawSample[],
  dates: readonly string[],
): Map<string, DayFigures> {
  const nights = nightsByDay(samples.filter(({ type }) => type === 'SleepAnalysis'))
  const naps = napsByDay(samples)
  return new Map(dates.map((date) => [date, dayFigures(samples, { date, night: nights.get(date), naps })]))
}

interface DayContext {
  readonly date: string
  readonly night: Night | undefined
  readonly naps: ReadonlyMap<string, number>
}

function dayFigures(samples: readonly RawSample[], { date, night, naps }: DayContext): DayFigures {
  const dateOf = ({ zone, from }: RawSample) => wallAt(zone, from).date
  const today = samples.filter((sample) => dateOf(sample) === date)
  const values = (type: string, among = today) =>
    among.filter((sample) => sample.type === type).map(({ value }) => value)
  const times = night && nightTimes(night)
  const yesterday = daysBefore(date, 1)
  const near = samples.filter((sample) => [date, yesterday].includes(dateOf(sample)))
  const during = times ? near.filter(({ from }) => from >= times.onset && from < times.offset) : []
  const awake = times ? today.filter(({ from }) => from < times.onset || from >= times.offset) : []
  const heart = (among: readonly RawSample[]) =>
    weighted(
      among.filter(({ type }) => type === 'HeartRate'),
      10,
    )
  const [day, asleep] = [heart(awake), heart(during)]
  const oxygen = during.filter(({ type }) => type === 'OxygenSaturation')
  return {
    heart_rate: heart(today),
    day_heart_rate: day,
    night_heart_rate: asleep,
    night_dip: day === undefined || asleep === undefined ? undefined : (1 - asleep / day) * 100,
    resting: some(values('RestingHeartRate'), mean),
    sdnn: some(values('HeartRateVariabilitySDNN', during), median),
    breathing: some(values('RespiratoryRate', during), median),
    oxygen: some(values('OxygenSaturation', during), median),
    oxygen_minutes: oxygen.length > 0 ? below(oxygen, Infinity) : undefined,
    below_94: oxygen.length > 0 ? below(oxygen, 94) : undefined,
    below_92: oxygen.length > 0 ? below(oxygen, 92) : undefined,
    below_90: oxygen.length > 0 ? below(oxygen, 90) : undefined,
    ...(night && times ? sleepFigures({ date, night, times }) : {}),
    naps: night ? (naps.get(date) ?? 0) - night.asleep : undefined,
  }
}

function sleepFigures({ date, night, times }: { date: string; night: Night; times: NightTimes }): DayFigures {
  const { asleep, inBed, deep, rem } = night
  const zone = night.own[0]!.zone
  const waso = times.bouts?.reduce((sum, bout) => sum + bout, 0)
  const clock = (instant: number) => {
    const wall = wallAt(zone, instant)
    const days = (Date.parse(wall.date) - Date.parse(date)) / 86_400_000
    return days * 1440 + wall.hour * 60 + wall.minute + (instant % MINUTE) / MINUTE
  }
  const share = (minutes: number | null) => (minutes === null ? undefined : (minutes / asleep) * 100)
  return {
    asleep,
    efficiency: inBed === null || inBed < asleep ? undefined : (asleep / inBed) * 100,
    maintenance: waso === undefined ? undefined : (asleep / (asleep + waso)) * 100,
    latency: times.bed === null ? undefined : (times.onset - times.bed) / MINUTE,
    awake_after_onset: waso,
    awakenings: times.bouts?.length,
    long_awakenings: times.bouts?.filter((bout) => bout > 5).length,
    deep_share: share(deep),
    rem_share: share(rem),
    core_share: deep === null || rem === null ? undefined : share(asleep - deep - rem),
    onset: clock(times.onset),
    waking: clock(times.offset),
    middle: (clock(times.onset) + clock(times.offset)) / 2,
  }
}

/** All sleep of the day of waking, the night's included. */
function napsByDay(samples: readonly RawSample[]): Map<string, number> {
  const rest = samples.filter(({ type }) => type === 'SleepAnalysis')
  const all = new Map<string, number>()
  const cuts = sessionsOf(rest)
  for (const session of cuts) {
    for (const [date, night] of nightsByDay(session)) all.set(date, (all.get(date) ?? 0) + night.asleep)
  }
  return all
}

function sessionsOf(samples: readonly RawSample[]): RawSample[][] {
  const sessions: RawSample[][] = []
  for (const sample of [...samples].sort((a, b) => a.from - b.from)) {
    const last = sessions.at(-1)
    if (last && sample.from <= Math.max(...last.map(({ to }) => to)) + 120 * MINUTE) last.push(sample)
    else sessions.push([sample])
  }
  return sessions
}

function some(values: readonly number[], choose: (values: readonly number[]) => number): number | undefined {
  return values.length === 0 ? undefined : choose(values)
}

/** Each reading until the next, at most the cap (or its own length): as pairs of value and minutes. */
function spread(readings: readonly RawSample[], cap: number): (readonly [value: number, minutes: number])[] {
  const sorted = [...readings].sort((a, b) => a.from - b.from || a.to - b.to || a.value - b.value)
  return sorted.map(({ from, to, value }, index) => {
    const next = sorted[index + 1]?.from ?? Infinity
    return [value, (Math.min(next, Math.max(to, from + cap * MINUTE)) - from) / MINUTE]
  })
}

function weighted(readings: readonly RawSample[], cap: number): number | undefined {
  const pairs = spread(readings, cap)
  const minutes = pairs.reduce((sum, [, length]) => sum + length, 0)
  return minutes === 0 ? undefined : pairs.reduce((sum, [value, length]) => sum + value * length, 0) / minutes
}

function below(readings: readonly RawSample[], limit: number): number {
  return spread(readings, 5).reduce((sum, [value, length]) => (value < limit ? sum + length : sum), 0)
}
