import type { DayRecord } from '@clarity/record-store'
import { type DayFigure, type Trend, trendOf } from '@clarity/vitals'
import { type MeasureSection, estimated } from './measure.ts'
import { figureByDate } from './window-days.ts'

const DAY_MS = 86_400_000
const SLOPE = 'Theil–Sen slope over the valid days of window and baseline'
const INTERVAL = '95 % interval of the Theil–Sen slope (Sen 1968, Kendall’s exact distribution)'

/** Change a week of one figure over window and baseline days, with its interval, as `name`, `name_low`, `name_high`. */
export function trendMeasures(
  days: readonly DayRecord[],
  { name, figure, unit }: { readonly name: string; readonly figure: DayFigure; readonly unit: string },
): MeasureSection {
  const points = figureByDate(days, figure).map(({ date, value }) => ({
    day: Date.parse(date) / DAY_MS,
    value,
  }))
  const trend = trendOf(points)
  const part = (read: (trend: Trend) => number) =>
    trend.value === null ? trend : { value: read(trend.value) }
  const perWeek = `${unit}/week`
  return {
    [name]: estimated(
      part((found) => found.perWeek),
      { unit: perWeek, method: SLOPE },
    ),
    [`${name}_low`]: estimated(
      part((found) => found.low),
      { unit: perWeek, method: INTERVAL },
    ),
    [`${name}_high`]: estimated(
      part((found) => found.high),
      { unit: perWeek, method: INTERVAL },
    ),
  }
}
