import { addDays, civilDate, startOfDay } from './civil-time.ts'
import type { Sample } from './sample.ts'
import { type Contribution, cut, mergeAmounts, type TotalsOptions } from './totals.ts'

/** A part of a civil day in a zone, and what adds up in that day. */
interface Stretch {
  readonly timezone: string
  readonly from: number
  readonly to: number
  readonly day: { sum: number }
}

/** Finds the stretch in which an instant lies; most lie in that of the instant before. */
function createStretches(days: Map<string, Stretch['day']>) {
  let known: Stretch = { timezone: '', from: NaN, to: NaN, day: { sum: 0 } }
  return (timezone: string, from: number): Stretch => {
    if (known.timezone === timezone && from >= known.from && from < known.to) return known
    const date = civilDate(timezone, from)
    const day = days.get(date) ?? { sum: 0 }
    days.set(date, day)
    known = { timezone, from, to: startOfDay(timezone, addDays(date, 1)), day }
    return known
  }
}

/** Sums by civil day, each contribution prorated over the days of its own zone, DST included. */
function byCivilDay(contributions: readonly Contribution[]): Map<string, number> {
  const days = new Map<string, Stretch['day']>()
  const stretchAt = createStretches(days)
  for (const contribution of contributions) {
    const { timezone, start, end, value } = contribution
    const { to, day } = stretchAt(timezone, start)
    if (end <= to) day.sum += value ?? 0
    else
      for (const piece of cut(contribution, (instant) => stretchAt(timezone, instant).to))
        stretchAt(timezone, piece.start).day.sum += piece.value ?? 0
  }
  return new Map([...days].map(([date, { sum }]) => [date, sum]))
}

/**
 * Day totals of one cumulative metric from its accepted samples, sorted by start: a map from civil date to amount;
 * a date that no sample touches is absent.
 */
export function dayTotals(samples: readonly Sample[], options: TotalsOptions = {}): Map<string, number> {
  return byCivilDay(mergeAmounts(samples, options))
}
