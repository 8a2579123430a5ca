import { type SleepWake, SLEEP, UNSCORED, WAKE } from './sleep-wake.ts'
import type { MinuteInterval } from './non-wear.ts'

/** Sleep begins with the first minute scored sleep, or with the first of ten in a row. */
export type OnsetRule = 'first-minute' | 'first-of-10'

const ONSET_RUN = { 'first-minute': 1, 'first-of-10': 10 } as const

/** A night in minutes; indices count from the recording's first minute. `null` where there was no sleep. */
export interface NightMetrics {
  readonly timeInBed: number
  /** Minutes of the rest interval that are unscored: neither sleep nor wake, and outside every ratio. */
  readonly unscored: number
  readonly onset: number | null
  /** One after the last minute of sleep. */
  readonly offset: number | null
  /** Minutes from the start of the rest interval to onset. */
  readonly latency: number | null
  readonly sleepPeriod: number
  /** TST: minutes of sleep from onset to offset. */
  readonly totalSleep: number
  /** WASO: minutes of wake from onset to offset. */
  readonly wakeAfterOnset: number | null
  /** Bouts of wake from onset to offset. */
  readonly awakenings: number | null
  /** Minutes from offset to the end of the rest interval. */
  readonly snooze: number
  readonly midSleep: number | null
  /** Per cent of the scored time in bed, 0..100. */
  readonly efficiency: number
  /** Per cent of the scored minutes from onset to offset, 0..100. */
  readonly maintenance: number | null
}

/**
 * Metrics of one night from the states within a rest interval:
 *
 *   latency = onset − start,  WASO = wake in [onset, offset),  efficiency = 100 TST / time in bed,
 *   maintenance = 100 TST / (offset − onset),  mid-sleep = (onset + offset) / 2
 *
 * Unscored minutes leave both denominators. An interval without sleep has TST and efficiency 0 and `null` where a
 * figure needs an onset; one without a scored minute (outside the recording, empty, reversed) is `null` altogether.
 * Source: Ancoli-Israel et al. 2015, Behav Sleep Med 13:S4–S38 (actigraphy metrics and their definitions).
 */
export function nightMetrics(
  { states }: SleepWake,
  interval: MinuteInterval,
  onsetRule: OnsetRule = 'first-minute',
): NightMetrics | null {
  const start = Math.max(0, interval.start)
  const end = Math.min(states.length, interval.end)
  const timeInBed = interval.end - interval.start
  const scored = scoredWithin(states, start, end)
  if (scored === 0) return null
  const unscored = timeInBed - scored
  const onset = firstRunOfSleep(states, { start, end, length: ONSET_RUN[onsetRule] })
  if (onset === undefined) return { ...SLEEPLESS, timeInBed, unscored }
  const offset = states.subarray(0, end).lastIndexOf(SLEEP) + 1
  const { totalSleep, wakeAfterOnset, awakenings } = sleepWithin(states, onset, offset)
  return {
    timeInBed,
    unscored,
    onset,
    offset,
    latency: onset - interval.start,
    sleepPeriod: offset - onset,
    totalSleep,
    wakeAfterOnset,
    awakenings,
    snooze: interval.end - offset,
    midSleep: (onset + offset) / 2,
    efficiency: (100 * totalSleep) / scored,
    maintenance: (100 * totalSleep) / (totalSleep + wakeAfterOnset),
  }
}

const SLEEPLESS = {
  onset: null,
  offset: null,
  latency: null,
  sleepPeriod: 0,
  totalSleep: 0,
  wakeAfterOnset: null,
  awakenings: null,
  snooze: 0,
  midSleep: null,
  efficiency: 0,
  maintenance: null,
} as const

function scoredWithin(states: Int8Array, start: number, end: number): number {
  let scored = 0
  for (let index = start; index < end; index += 1) if (states[index] !== UNSCORED) scored += 1
  return scored
}

/** The first minute of the first so many minutes of sleep in a row that lie in [start, end). */
function firstRunOfSleep(
  states: Int8Array,
  { start, end, length }: MinuteInterval & { readonly length: number },
): number | undefined {
  let asleepFor = 0
  for (let index = start; index < end; index += 1) {
    asleepFor = states[index] === SLEEP ? asleepFor + 1 : 0
    if (asleepFor === length) return index + 1 - length
  }
  return undefined
}

function sleepWithin(states: Int8Array, onset: number, offset: number) {
  let totalSleep = 0
  let wakeAfterOnset = 0
  let awakenings = 0
  let previous: number = SLEEP
  for (let index = onset; index < offset; index += 1) {
    const state = states[index]!
    totalSleep += Number(state === SLEEP)
    wakeAfterOnset += Number(state === WAKE)
    awakenings += Number(state === WAKE && previous !== WAKE)
    previous = state
  }
  return { totalSleep, wakeAfterOnset, awakenings }
}
