import { civilDate, clockHour } from './civil-time.ts'
import type { Sample } from './sample.ts'
import { sourceKey } from './source-key.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** So many rows of an hour that one equals their sum is no chance any more. */
const fewRows = 3
/** How far, relative to it, a sum as sent is from the sum of the rows that it sums. */
const rounding = 1e-3

/** Rows without an end, by what they are. */
export interface OpenRows {
  /** Samples. */
  readonly open: readonly Sample[]
  /** Sums that HealthKit merged over sources, with the end of their minute or hour. */
  readonly sums: readonly Sample[]
}

/**
 * Tells sums that HealthKit merged over sources already from samples, both without an end. No client says which it sends:
 * it shows in a row of the same civil day that names two sources, joined by `|`. All rows of a day are looked at, those
 * of other uploads too: clients split a day over uploads as they like.
 */
export function tellRows(rows: readonly Sample[]): OpenRows {
  if (!rows.some(isJoined)) return { open: rows, sums: [] }
  const days = Map.groupBy(rows, ({ start, timezone }) => civilDate(timezone, start))
  const merged = [...days.values()].filter((day) => day.some(isJoined))
  const sums = merged.flatMap((day) => sumsOfDay(day.filter(isOfMinute)))
  const started = new Set(merged.flatMap((day) => day.filter(isOfMinute)))
  return { open: rows.filter((row) => !started.has(row)), sums }
}

function isJoined({ source }: Sample): boolean {
  return sourceKey(source).includes('|')
}

/** A sample starts in any second, a sum with its minute. */
function isOfMinute({ start }: Sample): boolean {
  return start % minuteMs === 0
}

function isOfHour({ start, timezone }: Sample): boolean {
  return clockHour(start, timezone) === start
}

function withEnd(row: Sample, length: number): Sample {
  return { ...row, end: row.start + length }
}

/** The rows of one day: of hours where all begin with one, else of minutes, sums of whose hours may be among them. */
function sumsOfDay(rows: readonly Sample[]): Sample[] {
  if (rows.every(isOfHour)) return rows.map((row) => withEnd(row, hourMs))
  const hours = Map.groupBy(rows, ({ start, timezone }) => clockHour(start, timezone))
  return [...hours.values()].flatMap((hour) => {
    const whole = sumOfOthers(hour)
    return hour.map((row) => withEnd(row, row === whole ? hourMs : minuteMs))
  })
}

/** The row of an hour that is what its other rows add up to: a client's sums of hours beside those of minutes. */
function sumOfOthers(hour: readonly Sample[]): Sample | undefined {
  const whole = hour.filter(isOfHour).reduce<Sample | undefined>(larger, undefined)
  const minutes = new Map<number, number>()
  for (const { start, value } of hour.filter((row) => row !== whole))
    minutes.set(start, Math.max(minutes.get(start) ?? 0, value ?? 0))
  if (minutes.size < fewRows) return undefined
  const sum = [...minutes.values()].reduce((total, value) => total + value, 0)
  return Math.abs((whole?.value ?? 0) - sum) <= sum * rounding ? whole : undefined
}

function larger(known: Sample | undefined, row: Sample): Sample {
  return known && (known.value ?? 0) >= (row.value ?? 0) ? known : row
}
