import { type SleepWake, SLEEP, UNSCORED, WAKE } from './sleep-wake.ts'
import type { MinuteInterval } from './non-wear.ts'
import { stateRuns } from './state-runs.ts'

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
  const runs = stateRuns(states, start, end)
  const asleep = runs.filter(({ state }) => state === SLEEP)
  const onset = asleep.find((run) => run.end - run.start >= ONSET_RUN[onsetRule])?.start
  const offset = asleep.at(-1)?.end
  if (onset === undefined || offset === undefined) return { ...SLEEPLESS, timeInBed, unscored }
  const within = runs.filter((run) => run.start >= onset && run.end <= offset)
  const totalSleep = minutesOf(within, SLEEP)
  const wakeAfterOnset = minutesOf(within, WAKE)
  return {
    timeInBed,
    unscored,
    onset,
    offset,
    latency: onset - interval.start,
    sleepPeriod: offset - onset,
    totalSleep,
    wakeAfterOnset,
    awakenings: within.filter(({ state }) => state === WAKE).length,
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

const minutesOf = (runs: readonly { state: number; start: number; end: number }[], state: number) =>
  runs.reduce((sum, run) => (run.state === state ? sum + run.end - run.start : sum), 0)
