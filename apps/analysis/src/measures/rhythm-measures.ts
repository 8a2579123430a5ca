import {
  type ActivityWindow,
  type Recording,
  averageDay,
  cosinor24h,
  formatClock,
  interdailyStability,
  intradailyVariability,
  leastActive5Hours,
  meanStabilityVariability,
  mostActive10Hours,
  relativeAmplitude,
  transitionProbabilities,
} from '@clarity/actigraphy'
import type { Rhythm } from '@clarity/contracts'
import type { Measure } from '@clarity/health-data'
import { measure } from './measure.ts'

/** The signal in the words of units and methods. */
interface SignalWords {
  readonly unit: string
  readonly amounts: string
}

const STEPS: SignalWords = { unit: 'steps/min', amounts: 'steps' }
const COUNTS: SignalWords = { unit: 'counts/min', amounts: 'activity counts' }

const sourcesOf = ({ amounts }: SignalWords) => ({
  stability: `Witting 1990, hourly means of ${amounts}`,
  window: `Van Someren 1997, circular 1-minute average profile of ${amounts}`,
  meanStability: `Gonçalves 2014, mean over bins of 1 to 60 min of ${amounts}`,
  transitions: `Di 2017, 1 / mean length of bouts with and without ${amounts}`,
  cosinor: `Cornelissen 2014, 24 h cosinor of ${amounts} a minute`,
})

const NO_VARIANCE = 'undefined for a series without variance'
const NOT_OBSERVED = 'too little of the clock was observed to find a stretch of that length'

export const NO_STEPS = 'no steps were recorded in the window'
/** Regularity from day to day needs two days; everything else describes a day. */
const STABILITY_DAYS = 2
const RHYTHM_DAYS = 1

/** What the grid alone does not tell: whether its zeros are counted steps, and how many of its days are valid. */
export interface StepEvidence {
  readonly hasSteps: boolean
  readonly validDays: number
}

/**
 * Rest–activity rhythm of steps, named as such: no sleep is scored from steps. Every figure is null, with the reason,
 * where no steps were recorded at all or too few days are valid.
 */
export function rhythmMeasures(recording: Recording, { hasSteps, validDays }: StepEvidence): Rhythm {
  const figures = { ...figuresOf(recording, STEPS), sleep_regularity_index: NOT_FROM_STEPS }
  return hasSteps ? ofEnoughDays(figures, validDays) : withoutValues(figures, NO_STEPS)
}

/** Rest–activity rhythm of activity counts on the clock of their days; the regularity of sleep is that of a scoring. */
export function countRhythm(
  recording: Recording,
  { validDays, regularity }: { readonly validDays: number; readonly regularity: Measure },
): Rhythm {
  const figures = { ...figuresOf(recording, COUNTS), sleep_regularity_index: regularity }
  return { ...ofEnoughDays(figures, validDays), sleep_regularity_index: regularity }
}

const NOT_FROM_STEPS = measure(null, {
  unit: '1',
  method: 'Phillips 2017',
  reason: 'needs sleep/wake scoring, which steps do not allow',
})

function ofEnoughDays(figures: Rhythm, validDays: number): Rhythm {
  const tooFew = (needed: number) =>
    `needs ${needed} valid ${needed === 1 ? 'day' : 'days'}, the window has ${validDays}`
  if (validDays < RHYTHM_DAYS) return withoutValues(figures, tooFew(RHYTHM_DAYS))
  if (validDays >= STABILITY_DAYS) return figures
  const { interdaily_stability, mean_interdaily_stability } = figures
  const reason = tooFew(STABILITY_DAYS)
  return {
    ...figures,
    interdaily_stability: withoutValue(interdaily_stability, reason),
    ...(mean_interdaily_stability && {
      mean_interdaily_stability: withoutValue(mean_interdaily_stability, reason),
    }),
  }
}

function withoutValues(figures: Rhythm, reason: string): Rhythm {
  const entries = Object.entries(figures).map(([name, figure]) => [name, withoutValue(figure, reason)])
  return Object.fromEntries(entries) as Rhythm
}

function withoutValue({ unit, method }: Measure, reason: string): Measure {
  return { value: null, unit, method, reason }
}

function figuresOf(recording: Recording, signal: SignalWords): Omit<Rhythm, 'sleep_regularity_index'> {
  const sources = sourcesOf(signal)
  const profile = averageDay(recording)
  const l5 = leastActive5Hours(profile)
  const m10 = mostActive10Hours(profile)
  const cosinor = cosinor24h(recording)
  const mean = (window: ActivityWindow | null) =>
    measure(window?.mean ?? null, { unit: signal.unit, method: sources.window, reason: NOT_OBSERVED })
  const onset = (window: ActivityWindow | null) =>
    measure(window && window.ties < profile.length ? formatClock(window.onsetMinute) : null, {
      unit: 'local time',
      method: sources.window,
      reason: window ? 'every stretch of that length is alike' : NOT_OBSERVED,
    })
  const fit = (value: number | string | null | undefined, unit: string) =>
    measure(value ?? null, {
      unit,
      method: sources.cosinor,
      reason: cosinor ? 'a flat curve has no peak' : 'the observed minutes do not determine a curve',
    })
  const stability = (value: number | null) =>
    measure(value, { unit: '1', method: sources.stability, reason: NO_VARIANCE })
  return {
    interdaily_stability: stability(interdailyStability(recording)),
    intradaily_variability: stability(intradailyVariability(recording)),
    relative_amplitude: measure(relativeAmplitude(l5, m10), {
      unit: '1',
      method: sources.window,
      reason: l5 && m10 ? 'undefined where nothing moved' : NOT_OBSERVED,
    }),
    l5: mean(l5),
    l5_onset: onset(l5),
    m10: mean(m10),
    m10_onset: onset(m10),
    cosinor_mesor: fit(cosinor?.mesor, signal.unit),
    cosinor_amplitude: fit(cosinor?.amplitude, signal.unit),
    cosinor_peak: fit(
      typeof cosinor?.peakMinute === 'number' ? formatClock(cosinor.peakMinute) : null,
      'local time',
    ),
    ...fragmentation(recording, sources),
  }
}

/** What goes beyond hourly bins: stability over many bin lengths, and how long walking and not walking last. */
function fragmentation(recording: Recording, sources: ReturnType<typeof sourcesOf>) {
  const means = meanStabilityVariability(recording)
  const { activeToRest, restToActive } = transitionProbabilities(recording)
  const stability = (value: number | null) =>
    measure(value, { unit: '1', method: sources.meanStability, reason: NO_VARIANCE })
  const transition = (value: number | null) =>
    measure(value, { unit: '1', method: sources.transitions, reason: 'there is no such bout' })
  return {
    mean_interdaily_stability: stability(means.interdailyStability),
    mean_intradaily_variability: stability(means.intradailyVariability),
    active_to_rest: transition(activeToRest),
    rest_to_active: transition(restToActive),
  }
}
