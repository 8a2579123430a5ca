import type { Recording } from './recording.ts'

/**
 * How long activity and rest hold: numbers of bouts, their mean length in minutes, and the probability (0..1 a
 * minute) that one ends. `null` where there is no such bout.
 */
export interface TransitionProbabilities {
  readonly activeBouts: number
  readonly restBouts: number
  readonly meanActiveBout: number | null
  readonly meanRestBout: number | null
  /** ASTP: from active to sedentary. */
  readonly activeToRest: number | null
  /** SATP: from sedentary to active. */
  readonly restToActive: number | null
}

/**
 * Transition probabilities between activity (a minute above `threshold`, in the unit of the signal) and rest:
 *
 *   ASTP = 1 / mean length of the active bouts,  SATP = 1 / mean length of the rest bouts
 *
 * Bouts run across midnight and end at the recording's ends and at unobserved minutes, which belong to none. Not
 * 0 but the reciprocal of the whole for a recording that never changes; all `null` for one without minutes.
 * Source: Di et al. 2017, bioRxiv 182337; Danilevicz et al. 2024, BMC Med Res Methodol 24:132.
 */
export function transitionProbabilities({ minutes }: Recording, threshold = 0): TransitionProbabilities {
  let active = 0
  let rest = 0
  let activeBouts = 0
  let restBouts = 0
  let wasActive = 0
  let wasRest = 0
  for (let index = 0; index < minutes.length; index += 1) {
    const value = minutes[index]!
    // Conversions and no branches: whether a minute is active is not to be foreseen. NaN is neither.
    const isActive = Number(value > threshold)
    const isRest = Number(value <= threshold)
    active += isActive
    rest += isRest
    activeBouts += isActive & (1 - wasActive)
    restBouts += isRest & (1 - wasRest)
    wasActive = isActive
    wasRest = isRest
  }
  return {
    activeBouts,
    restBouts,
    meanActiveBout: activeBouts === 0 ? null : active / activeBouts,
    meanRestBout: restBouts === 0 ? null : rest / restBouts,
    activeToRest: activeBouts === 0 ? null : activeBouts / active,
    restToActive: restBouts === 0 ? null : restBouts / rest,
  }
}
