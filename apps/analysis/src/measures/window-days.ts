import type { DayRecord } from '@clarity/record-store'
import type { DatedVitals, DayFigure, DayVitals } from '@clarity/vitals'

/** The figures that were stored with a day when it was merged. */
function vitalsOf(day: DayRecord): DayVitals {
  return (day.details?.vitals ?? {}) as DayVitals
}

export function datedVitals(days: readonly DayRecord[]): DatedVitals[] {
  return days.map((day) => ({ date: day.date, vitals: vitalsOf(day) }))
}

/** One figure of the days that have it, by date. */
export function figureByDate(
  days: readonly DayRecord[],
  figure: DayFigure,
): { readonly date: string; readonly value: number }[] {
  return days.flatMap((day) => {
    const value = vitalsOf(day)[figure]
    return value === undefined ? [] : [{ date: day.date, value }]
  })
}
