import { acceptedByType } from './accepted-by-type.ts'
import { addDays, civilDate, civilDay, dateOfDay, datesBetween, formatInstant } from './civil-time.ts'
import { type DayOrigin, dayOrigins } from './day-origins.ts'
import { dayTotals } from './day-totals.ts'
import { metricFor } from './metrics.ts'
import { daySleep, type DaySleep } from './nights.ts'
import type { Sample } from './sample.ts'
import { inOrder } from './sample-order.ts'
import { compareText } from './settle.ts'
import type { SummaryRow } from './summary-row.ts'
import { type TotalsOptions, longestSpreadMs } from './totals.ts'

const spreadDays = longestSpreadMs / 86_400_000

/**
 * UTC dates whose shards hold every sample that can enter the summary of a civil date, whatever its zone: a civil day
 * starts at most a day before its UTC date and ends at most a day after it, and a sum spreads over two days at most.
 */
export function shardDatesFor(date: string): string[] {
  return datesBetween(addDays(date, -1 - spreadDays), addDays(date, 1))
}

export interface AffectedOptions {
  /** True for what also reaches the day after its own. */
  readonly reachesNextDay?: (sample: Sample) => boolean
  /** Those of sums around the samples, as `sumZones` tells them, where they are several. */
  readonly zones?: Iterable<string>
}

/**
 * Civil dates whose summaries samples can change: sorted. What is judged together with its neighbours also reaches the
 * days on both sides: sleep before midnight, or in another zone, may be of the same night, which is of the day of waking;
 * and a sum across midnight holds or gives way as a whole. What sums of other zones overlap is of their days.
 */
export function affectedDates(
  samples: readonly Sample[],
  { reachesNextDay = () => false, zones = [] }: AffectedOptions = {},
): string[] {
  const days = new Set<number>()
  let [from, to] = [NaN, NaN]
  const add = (sample: Sample, zone: string) => {
    const start = civilDay(zone, sample.start)
    const end = lastDay(sample, zone, start)
    const isShared = isSleep(sample) || isWeighed(sample)
    const first = isShared ? start - 1 : start
    const last = isShared || reachesNextDay(sample) ? end + 1 : end
    // Most lie in the days of one before.
    if (first >= from && last <= to) return
    for (let day = first; day <= last; day += 1) days.add(day)
    from = first
    to = last
  }
  for (const sample of samples) {
    // Days also name the uploads of what repeats their samples, however plausible that is.
    if (sample.base_verdict !== 'accepted' && sample.verdict !== 'duplicate') continue
    add(sample, sample.timezone)
    if (sample.own_zone) add(sample, sample.own_zone.timezone)
    if (isSum(sample)) for (const zone of zones) add(sample, zone)
  }
  return [...days].map(dateOfDay).sort(compareText)
}

/** The civil day in which sleep and sums end; of all else the first one, in which it starts. */
function lastDay(sample: Sample, zone: string, first: number): number {
  const { start, end } = sample
  if (end === start || end - start > longestSpreadMs) return first
  const last = civilDay(zone, end)
  return last === first || isSleep(sample) || isSum(sample) ? last : first
}

function isSleep({ type }: Sample): boolean {
  return type === 'sleep_analysis' || type === 'sleep_night'
}

function isSum({ type }: Pick<Sample, 'type'>): boolean {
  return metricFor(type)?.kind === 'cumulative'
}

/** Longer sums are weighed against those that have no end, and against shorter ones that HealthKit merged too. */
function isWeighed(sample: Sample): boolean {
  return sample.extent !== undefined && isSum(sample)
}

/** The zones in which the sums of these shards are counted to days. */
export function sumZones(shards: Iterable<readonly Pick<Sample, 'type' | 'timezone'>[]>): Set<string> {
  const zones = new Set<string>()
  let last: string | undefined
  for (const shard of shards) {
    for (const sample of shard) {
      if (sample.timezone === last || zones.has(sample.timezone) || !isSum(sample)) continue
      last = sample.timezone
      zones.add(last)
    }
  }
  return zones
}

interface Discrete {
  readonly count: number
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
}

const nothing: Discrete = { count: 0, min: null, max: null, mean: null }

/** Rounds away the noise of binary sums. */
export function rounded(value: number): number
export function rounded(value: number | null | undefined): number | null
export function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : Math.round(value * 1e6) / 1e6
}

function dayStatistics(samples: readonly Sample[]): Map<string, Discrete> {
  const days = new Map<string, { count: number; sum: number; min: number; max: number }>()
  let lastDate = ''
  let day = { count: 0, sum: 0, min: Infinity, max: -Infinity }
  for (const { start, timezone, value, min, max } of samples) {
    if (value === null) continue
    const date = civilDate(timezone, start)
    if (date !== lastDate) {
      day = days.get(date) ?? { count: 0, sum: 0, min: Infinity, max: -Infinity }
      days.set(date, day)
      lastDate = date
    }
    day.count += 1
    day.sum += value
    day.min = Math.min(day.min, min ?? value)
    day.max = Math.max(day.max, max ?? value)
  }
  return new Map(
    [...days].map(([date, { count, sum, min, max }]) => [
      date,
      { count, min: rounded(min), max: rounded(max), mean: rounded(sum / count) },
    ]),
  )
}

function sleepRow(day: DaySleep | undefined): SummaryRow['sleep'] {
  const night = day?.night
  return {
    night_start: night ? formatInstant(night.start) : null,
    night_end: night ? formatInstant(night.end) : null,
    asleep_minutes: rounded(night?.asleepMinutes),
    in_bed_minutes: rounded(night?.inBedMinutes),
    awake_minutes: rounded(night?.awakeMinutes),
    core_minutes: rounded(night?.coreMinutes),
    deep_minutes: rounded(night?.deepMinutes),
    rem_minutes: rounded(night?.remMinutes),
    unspecified_minutes: rounded(night?.unspecifiedMinutes),
    naps_minutes: rounded(day?.napsMinutes),
  }
}

export interface SummaryOptions extends TotalsOptions {
  /** Of a day that has no samples. */
  readonly timezone?: string
}

/** A row of a day without any sample. */
export function emptySummary(date: string, timezone: string): SummaryRow {
  return summariseDays([date], [], { timezone })[0] as SummaryRow
}

/**
 * Summary rows of civil dates from the samples around them: at least those of `shardDatesFor` each date, in any order.
 * Sums are merged over sources and prorated over civil days; heart rate and the like are plain means of the accepted
 * samples that start in the day; sleep belongs to the day of waking.
 */
export function summariseDays(
  dates: readonly string[],
  samples: readonly Sample[],
  { timezone = 'UTC', ...totals }: SummaryOptions = {},
): SummaryRow[] {
  const sorted = inOrder(samples)
  const byType = acceptedByType(sorted)
  const of = (type: string) => byType.get(type) ?? []
  const total = (type: string) => dayTotals(of(type), totals)
  const statistics = (type: string) => dayStatistics(of(type))
  const tables = {
    steps: total('step_count'),
    distance: total('distance_walking_running'),
    activeEnergy: total('active_energy_burned'),
    basalEnergy: total('basal_energy_burned'),
    flights: total('flights_climbed'),
    exercise: total('apple_exercise_time'),
    stand: total('apple_stand_time'),
    heartRate: statistics('heart_rate'),
    resting: statistics('resting_heart_rate'),
    hrv: statistics('heart_rate_variability_sdnn'),
    respiration: statistics('respiratory_rate'),
    oxygen: statistics('oxygen_saturation'),
    sleep: daySleep(of('sleep_analysis'), of('sleep_night')),
    origins: dayOrigins(sorted),
  }
  return dates.map((date) => summaryRow(date, tables, timezone))
}

interface Tables {
  readonly [total: string]:
    Map<string, number> | Map<string, Discrete> | Map<string, DaySleep> | Map<string, DayOrigin>
  readonly steps: Map<string, number>
  readonly distance: Map<string, number>
  readonly activeEnergy: Map<string, number>
  readonly basalEnergy: Map<string, number>
  readonly flights: Map<string, number>
  readonly exercise: Map<string, number>
  readonly stand: Map<string, number>
  readonly heartRate: Map<string, Discrete>
  readonly resting: Map<string, Discrete>
  readonly hrv: Map<string, Discrete>
  readonly respiration: Map<string, Discrete>
  readonly oxygen: Map<string, Discrete>
  readonly sleep: Map<string, DaySleep>
  readonly origins: Map<string, DayOrigin>
}

function summaryRow(date: string, tables: Tables, timezone: string): SummaryRow {
  const origin = tables.origins.get(date)
  const hrv = tables.hrv.get(date) ?? nothing
  const respiration = tables.respiration.get(date) ?? nothing
  const oxygen = tables.oxygen.get(date) ?? nothing
  const sleep = tables.sleep.get(date)
  return {
    date,
    timezone: origin?.timezone ?? sleep?.night.timezone ?? timezone,
    steps: rounded(tables.steps.get(date)),
    distance_m: rounded(tables.distance.get(date)),
    active_energy_kcal: rounded(tables.activeEnergy.get(date)),
    basal_energy_kcal: rounded(tables.basalEnergy.get(date)),
    flights: rounded(tables.flights.get(date)),
    exercise_minutes: rounded(tables.exercise.get(date)),
    stand_minutes: rounded(tables.stand.get(date)),
    heart_rate: tables.heartRate.get(date) ?? nothing,
    resting_heart_rate: (tables.resting.get(date) ?? nothing).mean,
    hrv_sdnn_ms: { count: hrv.count, mean: hrv.mean },
    respiratory_rate: { count: respiration.count, mean: respiration.mean },
    oxygen_saturation_percent: { count: oxygen.count, mean: oxygen.mean, min: oxygen.min },
    sleep: sleepRow(sleep),
    sources: [...(origin?.sources ?? [])].sort(compareText),
    upload_ids: [...new Set([...(origin?.uploads ?? []), ...(sleep?.uploadIds ?? [])])].sort(compareText),
  }
}

/** The summary row of one civil date from the samples of `shardDatesFor(date)`. */
export function summarise(date: string, samples: readonly Sample[]): SummaryRow {
  return summariseDays([date], samples)[0] as SummaryRow
}
