import { type Estimate, absent, known } from './estimate.ts'
import { finite, mean, median, standardDeviation } from './statistics.ts'

const SUNDAY = 0
const SATURDAY = 6
const LEAST_WORK_NIGHTS = 3
const LEAST_SPREAD_NIGHTS = 3
const LEAST_FREE_NIGHTS_FOR_NEED = 4
const LEAST_NIGHTS_FOR_DEBT = 5

/** One figure of the night that ends on a civil date. */
export interface NightValue {
  readonly date: string
  readonly value: number
}

/** Whether nobody has to get up for work on a civil date: Saturday and Sunday stand for free days. */
export function isFreeDay(date: string): boolean {
  const day = new Date(date).getUTCDay()
  return day === SUNDAY || day === SATURDAY
}

/**
 * Social jet lag: |MSF − MSW|, the distance in minutes between the mean mid-sleep of free and of work days, from the
 * clock minutes of mid-sleep on the civil day of waking. 0 for alike nights, seldom above 180. Nobody says which days
 * are free: nights that end on a Saturday or a Sunday stand for them. `null` without a free night or with fewer than
 * three work nights.
 * Source: Wittmann et al. 2006, Chronobiol Int 23:497–509.
 */
export function socialJetLag(middles: readonly NightValue[]): Estimate {
  const { free, work } = byFreedom(middles)
  if (free.length === 0) return absent('no night before a free day was recorded')
  if (work.length < LEAST_WORK_NIGHTS)
    return absent(`needs ${LEAST_WORK_NIGHTS} nights before work days, there are ${work.length}`)
  return known(Math.abs(mean(free) - mean(work)))
}

/**
 * How much a time of night varies: the standard deviation (n − 1) of its clock minutes, in minutes; 0 for nights that
 * are all alike. `null` with fewer than three nights.
 * Source: Bei et al. 2016, Sleep Med Rev 28:108–124 (intra-individual standard deviation of sleep timing).
 */
export function timingSpread(minutes: readonly number[]): Estimate {
  const nights = finite(minutes)
  return nights.length < LEAST_SPREAD_NIGHTS
    ? absent(`needs ${LEAST_SPREAD_NIGHTS} nights, there are ${nights.length}`)
    : known(standardDeviation(nights))
}

/**
 * What a person sleeps when nothing wakes them: the median minutes asleep over nights that end on free days, of the
 * window and the baseline days before it. An estimate from habit, not a measured need: it holds catching up too.
 * `null` with fewer than four such nights.
 * Source: Roenneberg et al. 2007, Sleep Med Rev 11:429–438 (free days show the sleep that work days cut short).
 */
export function ownSleepNeed(nights: readonly NightValue[]): Estimate {
  const { free } = byFreedom(nights)
  return free.length < LEAST_FREE_NIGHTS_FOR_NEED
    ? absent(`needs ${LEAST_FREE_NIGHTS_FOR_NEED} nights before free days, there are ${free.length}`)
    : known(median(free))
}

/**
 * Sleep debt: Σ (need − asleep) over the recorded nights, in minutes; negative where more was slept than needed.
 * `null` without a need or with fewer than five nights.
 * Source: Van Dongen et al. 2003, Sleep 26:117–126 (sleep debt as the sum of what falls short of the need).
 */
export function sleepDebt(asleep: readonly number[], need: Estimate): Estimate {
  const nights = finite(asleep)
  if (need.value === null) return absent(`the own need is not known: ${need.reason}`)
  if (nights.length < LEAST_NIGHTS_FOR_DEBT)
    return absent(`needs ${LEAST_NIGHTS_FOR_DEBT} nights, there are ${nights.length}`)
  return known(nights.reduce((debt, minutes) => debt + need.value - minutes, 0))
}

function byFreedom(nights: readonly NightValue[]): { free: number[]; work: number[] } {
  const told = nights.filter(({ value }) => Number.isFinite(value))
  const of = (wanted: boolean) =>
    told.filter(({ date }) => isFreeDay(date) === wanted).map(({ value }) => value)
  return { free: of(true), work: of(false) }
}
