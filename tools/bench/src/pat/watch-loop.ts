import { readFileSync } from 'node:fs'

const TICK_MS = 5

/**
 * Watches the event loop until the answer is called, which gives the longest milliseconds that it was kept from its
 * timers: by what its thread computed, or by others on the core that the thread could have used. Not by the host of a
 * virtual machine that gave the processor away; where the system has no `/proc`, by that too.
 */
export function watchLoop(): () => number {
  let longest = 0
  let before = { wall: performance.now(), own: ownMs() }
  const tick = (): void => {
    const now = { wall: performance.now(), own: ownMs() }
    const late = now.wall - before.wall - TICK_MS
    const own = now.own - before.own
    longest = Math.max(longest, Number.isNaN(own) ? late : Math.min(now.wall - before.wall, own))
    before = now
  }
  const timer = setInterval(tick, TICK_MS)
  return () => {
    clearInterval(timer)
    tick()
    return longest
  }
}

/** What the main thread has computed and has waited for a core so far; NaN where the system has no `/proc`. */
function ownMs(): number {
  try {
    const [computed, queued] = readFileSync('/proc/self/schedstat', 'latin1').split(' ')
    return (Number(computed) + Number(queued)) / 1e6
  } catch {
    return NaN
  }
}
