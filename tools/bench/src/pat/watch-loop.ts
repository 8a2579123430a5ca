import { readFileSync } from 'node:fs'
import { processorTicks } from '../process-usage.ts'

const TICK_MS = 5
const MS_PER_PROCESSOR_TICK = 10

/**
 * Watches the event loop until the answer is called, which gives the longest milliseconds that it was kept from its
 * timers: by what its thread computed, or by others on the core that the thread could have used. Not by the host of a
 * virtual machine that gave the processor away; where the system has no `/proc`, by that too.
 */
export function watchLoop(): () => number {
  let longest = 0
  let before = clocks()
  const tick = (): void => {
    const now = clocks()
    const wall = now.wall - before.wall
    // While the host had a core, whoever computed there and whoever waited for it both stood still.
    const queued = Math.max(0, now.queued - before.queued - (now.stolen - before.stolen))
    const own = now.computed - before.computed + queued
    longest = Math.max(longest, Number.isNaN(own) ? wall - TICK_MS : Math.min(wall, own))
    before = now
  }
  const timer = setInterval(tick, TICK_MS)
  return () => {
    clearInterval(timer)
    tick()
    return longest
  }
}

/** Milliseconds so far of the wall clock, and those that the main thread computed and waited for a core, and the host took. */
interface Clocks {
  readonly wall: number
  readonly computed: number
  readonly queued: number
  readonly stolen: number
}

/** All but the wall clock are NaN where the system has no `/proc`. */
function clocks(): Clocks {
  const [computed, queued] = schedule()
  const stolen = processorTicks().stolen * MS_PER_PROCESSOR_TICK
  return { wall: performance.now(), computed: computed! / 1e6, queued: queued! / 1e6, stolen }
}

function schedule(): number[] {
  try {
    return readFileSync('/proc/self/schedstat', 'latin1').split(' ').map(Number)
  } catch {
    return [NaN, NaN]
  }
}
