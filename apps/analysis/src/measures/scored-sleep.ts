import {
  type Recording,
  SLEEP,
  type SleepWake,
  activityCounts,
  describeScale,
  scoreSleepWake,
  sleepRegularityIndex,
} from '@clarity/actigraphy'
import type { AnalyzeActivity } from '@clarity/contracts'
import type { Measure } from '@clarity/health-data'
import { measure } from './measure.ts'

/** What the scorings that were asked for say. */
export interface ScoredSleep {
  /** Of the first scoring; without one it has no value. */
  readonly regularity: Measure
  readonly regularityByScoring: Readonly<Record<string, Measure>>
  /** One digit a minute: 1 sleep, 0 anything else. */
  readonly sleepWake: Readonly<Record<string, string>>
}

/** Sleep and wake by each scoring asked for, on the count scale of the request. */
export function scoredSleep(
  recording: Recording,
  { scoring = [], count_scale = 1, count_cap }: AnalyzeActivity,
): ScoredSleep {
  const counts = activityCounts(recording, { divisor: count_scale, cap: count_cap ?? null })
  const scored = [...new Set(scoring)].flatMap((name) => {
    const states = scoreSleepWake(counts, name)
    return states === null ? [] : [[name, states] as const]
  })
  const regularities = scored.map(([name, states]) => [name, regularityOf(states)] as const)
  return {
    regularity: regularities[0]?.[1] ?? UNSCORED_REGULARITY,
    regularityByScoring: Object.fromEntries(regularities),
    sleepWake: Object.fromEntries(scored.map(([name, states]) => [name, digits(states)])),
  }
}

const UNSCORED_REGULARITY = measure(null, {
  unit: '1',
  method: 'Phillips 2017',
  reason: 'needs sleep/wake scoring, and none was asked for',
})

function regularityOf(scored: SleepWake): Measure {
  return {
    ...measure(sleepRegularityIndex(scored), {
      unit: '1',
      method: `Phillips 2017 on ${scored.method} of ${describeScale(scored.scale)}`,
      reason: 'no two observed minutes are 24 h apart',
    }),
    scale: scored.scale.divisor,
  }
}

/** Whether an unobserved minute was sleep nobody knows: it is not called sleep. */
function digits({ states }: SleepWake): string {
  return Array.from(states, (state) => (state === SLEEP ? '1' : '0')).join('')
}
