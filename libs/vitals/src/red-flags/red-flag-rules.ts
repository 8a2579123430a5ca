import { fastAtRest, restingRateAbove, restingRateBelow, slowAtRest } from './heart-rate-rules.ts'
import {
  highGlucose,
  highTemperature,
  irregularRhythm,
  lowGlucose,
  lowTemperature,
  severePressure,
} from './measurement-rules.ts'
import { sustainedLowOxygen } from './oxygen-rules.ts'
import type { Evidence, RedFlag, RedFlagRule } from './red-flag.ts'
import { breathingAboveOwn, fastBreathing, slowBreathing } from './respiration-rules.ts'

/** Every rule, in the order in which flags are told. */
export const RED_FLAG_RULES: readonly RedFlagRule[] = [
  severePressure,
  sustainedLowOxygen,
  lowGlucose,
  highGlucose,
  irregularRhythm,
  fastAtRest,
  slowAtRest,
  restingRateAbove,
  restingRateBelow,
  fastBreathing,
  slowBreathing,
  breathingAboveOwn,
  highTemperature,
  lowTemperature,
]

/** The flags of one window, and the codes of the rules that had something to examine. */
export interface Examination {
  readonly flags: readonly RedFlag[]
  readonly examined: readonly string[]
}

/**
 * Applies every rule to the evidence. A rule without enough to examine is not among the examined ones: that no flag
 * was raised says nothing then. A flag names a limit that was crossed and for how long; it is no diagnosis.
 */
export function examineRedFlags(evidence: Evidence): Examination {
  const flags: RedFlag[] = []
  const examined: string[] = []
  for (const { examine, ...rule } of RED_FLAG_RULES) {
    const finding = examine(evidence)
    if (finding === 'not-examined') continue
    examined.push(rule.code)
    if (finding !== 'nothing') flags.push({ ...rule, value: Math.round(finding * 1e6) / 1e6 })
  }
  return { flags, examined }
}
