import { mean, median } from './day-vitals.ts'
import type { WeekFigures } from './week-figures.ts'

/** Which measure is compared by which figure of the day. */
const COMPARED: Readonly<Record<string, string>> = {
  'heart.resting_rate': 'resting',
  'heart.time_weighted_rate': 'heart_rate',
  'heart.night_rate': 'night_heart_rate',
  'heart.night_dip': 'night_dip',
  'hrv.night_sdnn': 'sdnn',
  'respiration.night_rate': 'breathing',
  'oxygen.night_saturation': 'oxygen',
  'temperature.wrist': 'wrist',
  'sleep.asleep_per_night': 'asleep',
  'sleep.maintenance': 'maintenance',
  'sleep.deep_share': 'deep_share',
  'sleep.rem_share': 'rem_share',
  'sleep.middle_time': 'middle',
  'activity.steps_per_day': 'steps',
}

export interface ExpectedDeviation {
  readonly measure: string
  readonly window_days: number
  readonly baseline_days: number
  readonly difference: number | null
  readonly z: number | null
  readonly p: number | null
  readonly q: number | null
}

/** What differs from the days before the window, by measure; p by looking at every choice of days; a millionth is a tie. */
export function expectedDeviations({ days, validDates, baselineDates }: WeekFigures): ExpectedDeviation[] {
  const of = (figure: string, dates: readonly string[]) =>
    dates.flatMap((date) => days.get(date)?.[figure] ?? []).map((value) => Number(value.toFixed(6)))
  const compared = Object.entries(COMPARED).map(([measure, figure]) => {
    const [window, baseline] = [of(figure, validDates), of(figure, baselineDates)]
    const counts = { measure, window_days: window.length, baseline_days: baseline.length }
    if (window.length < 3 || baseline.length < 7) return { ...counts, difference: null, z: null, p: null }
    const difference = median(window) - median(baseline)
    const away = baseline.map((value) => Math.abs(value - median(baseline)))
    const spread = median(away) > 0 ? 1.4826 * median(away) : 1.253314 * mean(away)
    const z = difference === 0 ? 0 : spread === 0 ? null : difference / spread
    return { ...counts, difference, z, p: chance(window, baseline) }
  })
  const tested = compared.flatMap(({ p }) => p ?? []).sort((a, b) => a - b)
  const rate = (p: number) =>
    Math.min(...tested.map((other, index) => (other >= p ? (other * tested.length) / (index + 1) : 1)))
  return compared.map((deviation) => ({ ...deviation, q: deviation.p === null ? null : rate(deviation.p) }))
}

function chance(window: readonly number[], baseline: readonly number[]): number {
  const all = [...window, ...baseline]
  const ranks = all.map((value) => {
    const lower = all.filter((other) => other < value).length
    const same = all.filter((other) => other === value).length
    return lower + (same + 1) / 2
  })
  const expected = (window.length * (all.length + 1)) / 2
  const sum = (chosen: readonly number[]) => chosen.reduce((total, rank) => total + rank, 0)
  const far = Math.abs(sum(ranks.slice(0, window.length)) - expected) - 1e-9
  let [beyond, choices] = [0, 0]
  const choose = (from: number, left: number, total: number) => {
    if (left === 0) {
      choices += 1
      if (Math.abs(total - expected) >= far) beyond += 1
      return
    }
    for (let index = from; index <= ranks.length - left; index += 1)
      choose(index + 1, left - 1, total + ranks[index]!)
  }
  choose(0, window.length, 0)
  return beyond / choices
}
