import { invalid } from '@clarity/failure'
import type { ActivityCounts } from './activity-counts.ts'
import { coleKripke } from './cole-kripke.ts'
import { oakley } from './oakley.ts'
import { sadeh } from './sadeh.ts'
import { scripps } from './scripps.ts'
import type { SleepWake } from './sleep-wake.ts'

const SCORINGS = {
  'cole-kripke-1992-mean': (counts) => coleKripke(counts, 'cole-kripke-1992-mean'),
  'cole-kripke-1992-10s': (counts) => coleKripke(counts, 'cole-kripke-1992-10s'),
  'sadeh-1994': (counts) => sadeh(counts),
  'sadeh-actilife': (counts) => sadeh(counts, 'sadeh-actilife'),
  'oakley-1997-20': (counts) => oakley(counts, 20),
  'oakley-1997-40': (counts) => oakley(counts, 40),
  'oakley-1997-80': (counts) => oakley(counts, 80),
  'oakley-1997-automatic': (counts) => oakley(counts, 'automatic'),
  'scripps-2010': scripps,
} as const satisfies Record<string, (counts: ActivityCounts) => SleepWake | null>

export type SleepScoringMethod = keyof typeof SCORINGS

/** The names of all scorings, as results and requests write them. */
export const SLEEP_SCORING_METHODS = Object.keys(SCORINGS) as SleepScoringMethod[]

/**
 * Sleep and wake of each minute by the method of that name; what each does at the ends, in gaps and on degenerate
 * input stands with it. `null` only for `oakley-1997-automatic` on counts that have no automatic threshold.
 * Failure kind `invalid`, code `scoring_method`, for another name.
 */
export function scoreSleepWake(counts: ActivityCounts, method: SleepScoringMethod): SleepWake | null {
  if (!Object.hasOwn(SCORINGS, method))
    throw invalid({
      code: 'scoring_method',
      detail: `A scoring is one of ${SLEEP_SCORING_METHODS.join(', ')}.`,
    })
  return SCORINGS[method](counts)
}
