import type { Analysis } from '@clarity/contracts'
import { DEVIATION, byImportance } from './labels.ts'

/** One figure of an analysis that a sentence may rest on. */
export interface Fact {
  /** Where it stands in the analysis, e.g. `rhythm.relative_amplitude`. */
  readonly path: string
  readonly value: number | string
  readonly unit: string
}

export interface Facts {
  /** The measures that have a value, most important first: what a sentence may name as evidence. */
  readonly measures: readonly Fact[]
  /** What is true of the window itself; any sentence may use it. */
  readonly window: readonly Fact[]
  /** Paths of the measures without a value. */
  readonly missing: readonly string[]
  /** The civil dates of the window, `YYYY-MM-DD`. */
  readonly dates: readonly string[]
}

/** Where measures stand. The transformer's output is no section: nothing of it is evidence. */
export const SECTIONS = [
  'sleep',
  'rhythm',
  'activity',
  'heart',
  'hrv',
  'respiration',
  'oxygen',
  'temperature',
  'fitness',
  'blood_pressure',
  'glucose',
] as const

/** The figures of an analysis that an insight may use: derived measures alone, no identifier and no sample. */
export function factsOf(analysis: Analysis): Facts {
  const leaves = SECTIONS.flatMap((section) =>
    Object.entries(analysis[section] ?? {}).map(([name, measure]) => ({
      path: `${section}.${name}`,
      ...measure,
    })),
  ).sort(byImportance)
  const told = leaves.flatMap(({ path, value, unit }) => (value === null ? [] : [{ path, value, unit }]))
  const { valid_days, coverage } = analysis.window
  const dates = analysis.quality.days.map((day) => day.date)
  return {
    measures: [...told, ...unusual(analysis)],
    window: [
      { path: 'window.valid_days', value: valid_days, unit: 'days' },
      { path: 'quality.days', value: dates.length, unit: 'days' },
      { path: 'window.coverage', value: coverage, unit: 'ratio' },
    ],
    missing: leaves.filter(({ value }) => value === null).map(({ path }) => path),
    dates,
  }
}

/** How far what stands out lies from the person's own baseline; what does not stand out is no fact. */
function unusual({ baseline_deviations }: Analysis): Fact[] {
  return baseline_deviations.flatMap(({ measure, difference, unit, stands_out }) =>
    stands_out && difference !== null ? [{ path: `${DEVIATION}${measure}`, value: difference, unit }] : [],
  )
}

/** True for a path that a sentence may name as its evidence. */
export function isEvidence(facts: Facts, path: string): boolean {
  return (
    facts.measures.some((fact) => fact.path === path) ||
    path === 'window.valid_days' ||
    path === 'window.coverage'
  )
}
