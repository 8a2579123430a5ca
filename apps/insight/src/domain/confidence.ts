import type { Analysis, Insight } from '@clarity/contracts'
import { figureValue } from './figure.ts'

const DAY_HOURS = 24
/** Half of M10's ten hours: from its onset to its middle. */
const M10_MIDDLE_HOURS = 5

/**
 * How far an insight can be trusted, from the data alone: the share of the window that was observed, the share of
 * its days that are valid, and how well two independent methods agree on when the person is most active (the
 * cosinor's peak and the middle of M10). Agreement counts from one half (none, or not known) to one (the same hour).
 */
export function confidenceOf(analysis: Analysis): Insight['confidence'] {
  const { coverage, valid_days } = analysis.window
  const days = analysis.quality.days.length
  const validShare = days === 0 ? 0 : Math.min(1, valid_days / days)
  const agreement = phaseAgreement(analysis)
  const value = coverage * validShare * (0.5 + 0.5 * (agreement ?? 0))
  return {
    value: Number(value.toFixed(2)),
    basis: [
      `coverage ${figureValue(coverage)}`,
      `${valid_days} of ${days} days valid`,
      agreement === undefined
        ? 'agreement of cosinor peak and M10 not known'
        : `agreement of cosinor peak and M10 ${figureValue(agreement)}`,
    ].join('; '),
  }
}

/** 1 where peak and middle of M10 fall together, 0 where they are half a day apart; undefined without both. */
function phaseAgreement({ rhythm }: Analysis): number | undefined {
  const peak = hourOf(rhythm.cosinor_peak.value)
  const onset = hourOf(rhythm.m10_onset.value)
  if (peak === undefined || onset === undefined) return undefined
  const apart = Math.abs(peak - (onset + M10_MIDDLE_HOURS)) % DAY_HOURS
  return 1 - Math.min(apart, DAY_HOURS - apart) / (DAY_HOURS / 2)
}

function hourOf(value: number | string | null): number | undefined {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(String(value)) ?? []
  return hour === undefined ? undefined : Number(hour) + Number(minute) / 60
}
