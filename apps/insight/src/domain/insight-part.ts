import type { Analysis, InsightType } from '@clarity/contracts'
import { SECTIONS } from './facts.ts'

type Section = (typeof SECTIONS)[number]

/** The sections of measures that each type of insight is about. */
const PARTS: Readonly<Record<InsightType, readonly Section[]>> = {
  summary: SECTIONS,
  sleep: ['sleep'],
  rhythm: ['rhythm'],
  activity: ['activity'],
  vitals: ['heart', 'hrv', 'respiration', 'oxygen', 'temperature', 'fitness', 'blood_pressure', 'glucose'],
}

/** An analysis of which the measures of other sections are left out. */
export function partOf(analysis: Analysis, type: InsightType): Analysis {
  const part = PARTS[type]
  const others = SECTIONS.filter((section) => !part.includes(section))
  return {
    ...analysis,
    ...Object.fromEntries(others.map((section) => [section, {}])),
    baseline_deviations: analysis.baseline_deviations.filter(({ measure }) =>
      part.some((section) => measure.startsWith(`${section}.`)),
    ),
  }
}
