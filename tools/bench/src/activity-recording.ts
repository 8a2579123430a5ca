import { MINUTES_PER_DAY, type Recording } from '@clarity/actigraphy'

const PERIOD = 2 ** 32

/**
 * Whole days of made-up counts a minute with the shape of a person's: still nights with a few movements, days of
 * bursts and pauses, and a gap of an unworn hour every third day. The same for the same number of days.
 */
export function activityRecording(days: number): Recording {
  const next = linearCongruence(20170607)
  const minutes = new Float64Array(days * MINUTES_PER_DAY)
  for (let index = 0; index < minutes.length; index += 1) {
    const clockMinute = index % MINUTES_PER_DAY
    const day = Math.floor(index / MINUTES_PER_DAY)
    const asleep = clockMinute < 400 || clockMinute >= 1380
    const moving = next() < (asleep ? 0.06 : 0.6)
    minutes[index] = moving ? Math.round((asleep ? 120 : 900) * next() ** 3) : 0
    if (day % 3 === 2 && clockMinute >= 600 && clockMinute < 660) minutes[index] = NaN
  }
  return { minutes, startMinuteOfDay: 0 }
}

/** Numbers of 0..1 from a fixed seed (Numerical Recipes' constants): a bench times the same input every time. */
function linearCongruence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / PERIOD
  }
}
