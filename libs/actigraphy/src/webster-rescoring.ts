import { SLEEP, type SleepWake, WAKE } from './sleep-wake.ts'
import { runBounds } from './run-bounds.ts'

/** Rules a–c: after at least so many minutes of wake, so many minutes of sleep are wake. Only the longest applies. */
const AFTER_WAKE = [
  { wake: 15, rescored: 4 },
  { wake: 10, rescored: 3 },
  { wake: 4, rescored: 1 },
]
/** Rules d and e: sleep of at most so many minutes between wake of at least so many on both sides is wake. */
const BETWEEN_WAKE = [
  { sleep: 6, wake: 10 },
  { sleep: 10, wake: 20 },
]

/**
 * Webster's rescoring of a scoring: (a–c) after ≥ 4, 10 or 15 minutes of wake the next 1, 3 or 4 minutes of sleep
 * become wake; (d) sleep of ≤ 6 minutes between ≥ 10 minutes of wake, and (e) of ≤ 10 between ≥ 20, becomes wake.
 * The paper leaves the order open: here a–c read the given scoring and only the longest applies, then d, then e,
 * each on the result before it; other orders differ in 0.1 to 1.1 % of the minutes. Unscored minutes are neither
 * sleep nor wake. The method's name gains `+webster-1982`.
 * Source: Webster, Kripke, Messin, Mullaney & Wyborney 1982, Sleep 5:389–399.
 */
export function websterRescored(sleepWake: SleepWake): SleepWake {
  const states = sleepWake.states.slice()
  rescoreAfterWake(states)
  for (const rule of BETWEEN_WAKE) rescoreBetweenWake(states, rule)
  return { ...sleepWake, method: `${sleepWake.method}+webster-1982`, states }
}

function rescoreAfterWake(states: Int8Array): void {
  let awakeFor = 0
  let rescored = 0
  for (let index = 0; index < states.length; index += 1) {
    const state = states[index]
    if (state === SLEEP && awakeFor > 0) {
      const minutes = awakeFor
      rescored = AFTER_WAKE.find(({ wake }) => minutes >= wake)?.rescored ?? 0
    }
    awakeFor = state === WAKE ? awakeFor + 1 : 0
    if (state !== SLEEP) rescored = 0
    if (rescored > 0) states[index] = WAKE
    rescored -= Number(rescored > 0)
  }
}

function rescoreBetweenWake(states: Int8Array, { sleep, wake }: { sleep: number; wake: number }): void {
  const bounds = runBounds(states)
  const isLongWake = (run: number) => states[bounds[run]!] === WAKE && bounds[run + 1]! - bounds[run]! >= wake
  for (let run = 1; run + 2 < bounds.length; run += 1) {
    const start = bounds[run]!
    const end = bounds[run + 1]!
    if (states[start] !== SLEEP || end - start > sleep) continue
    if (isLongWake(run - 1) && isLongWake(run + 1)) states.fill(WAKE, start, end)
  }
}
