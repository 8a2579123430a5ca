import { isFreeDay } from './sleep-timing.ts'
import { type Estimate, absent, known } from './estimate.ts'
import { finite, mean, standardDeviation } from './statistics.ts'

const LEAST_DAYS = 3

export interface DateValue {
  readonly date: string
  readonly value: number
}

/**
 * How unlike the days are: the coefficient of variation 100 s / x̄ (n − 1) of a daily amount, in per cent; 0 for days
 * that are all alike. `null` with fewer than three days or where the mean is 0.
 * Source: Pearson 1896, Phil Trans R Soc A 187:253–318.
 */
export function dailyVariation(amounts: readonly number[]): Estimate {
  const days = finite(amounts)
  if (days.length < LEAST_DAYS) return absent(`needs ${LEAST_DAYS} days, there are ${days.length}`)
  const centre = mean(days)
  return centre > 0
    ? known((100 * standardDeviation(days)) / centre)
    : absent('undefined where every day is zero')
}

/** Mean of a daily amount over Mondays to Fridays, or over Saturdays and Sundays; `null` without such a day. */
export function meanOfDays(amounts: readonly DateValue[], days: 'weekdays' | 'weekend'): Estimate {
  const chosen = amounts.filter(({ date }) => isFreeDay(date) === (days === 'weekend'))
  const values = finite(chosen.map(({ value }) => value))
  return values.length === 0 ? absent(`no valid day among the ${days}`) : known(mean(values))
}
