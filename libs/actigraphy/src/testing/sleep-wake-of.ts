import { RAW_COUNTS } from '../activity-counts.ts'
import { SLEEP, type SleepWake, UNSCORED, WAKE } from '../sleep-wake.ts'

const STATES = { s: SLEEP, w: WAKE, '-': UNSCORED } as const

/** A scoring written as runs: `w4 s2 -1` is four minutes of wake, two of sleep, one unscored. */
export function sleepWakeOf(runs: string): SleepWake {
  const states = runs.split(' ').flatMap((run) => {
    const state = STATES[run[0] as keyof typeof STATES]
    return new Array<number>(Number(run.slice(1))).fill(state)
  })
  return { method: 'given', scale: RAW_COUNTS, startMinuteOfDay: 0, states: Int8Array.from(states) }
}
