import type { Analysis, GroundedText } from '@clarity/contracts'
import type { Draft } from './draft.ts'
import { type Fact, type Facts, factsOf } from './facts.ts'
import { figure } from './figure.ts'
import { label } from './labels.ts'

/** What an insight names as its model where no model wrote it. */
export const RULES_MODEL = 'rules-1'

const ADVICE: readonly (readonly [section: string, text: string])[] = [
  ['sleep.', 'Going to bed and getting up at steady times supports sleep that restores you.'],
  ['rhythm.', 'Daylight in the morning and a quiet, dark evening help to keep a steady daily rhythm.'],
  ['activity.', 'Regular movement that feels good to you, spread over the day, is worth keeping up.'],
]

const MOST_INSIGHTS = 5
const SEE_CLINICIAN =
  'Some measures are flagged beside this text. If they persist or you feel unwell, speak with a clinician.'

/** An insight's words by fixed rules: the measures, said in plain sentences. Used where no model's text can be. */
export function rulesDraft(analysis: Analysis): Draft {
  const facts = factsOf(analysis)
  const told = facts.measures
  const insights = told.slice(0, MOST_INSIGHTS).map((fact): GroundedText => ({
    text: sentenceOf(fact),
    evidence: [fact.path],
  }))
  return {
    narrative: [opening(facts), ...insights.map(({ text }) => text)].join(' '),
    key_insights:
      insights.length > 0 ? insights : [{ text: opening(facts), evidence: ['window.valid_days'] }],
    recommendations: [...flagAdvice(analysis, facts), ...everydayAdvice(told)],
  }
}

function opening({ window, measures }: Facts): string {
  const [valid, all] = window
  const days = `This summary rests on ${valid?.value} of ${all?.value} days.`
  return measures.length > 0 ? days : `${days} That was too little to measure anything with confidence.`
}

function sentenceOf(fact: Fact): string {
  return `Your ${label(fact.path)} was ${figure(fact)}.`
}

function flagAdvice(analysis: Analysis, facts: Facts): GroundedText[] {
  if (analysis.red_flags.length === 0) return []
  const flagged = analysis.red_flags.map((flag) => flag.measure)
  const evidence = facts.measures.map(({ path }) => path).filter((path) => flagged.includes(path))
  return [{ text: SEE_CLINICIAN, evidence: evidence.length > 0 ? evidence : ['window.valid_days'] }]
}

function everydayAdvice(told: readonly Fact[]): GroundedText[] {
  return ADVICE.flatMap(([section, text]) => {
    const rests = told.find(({ path }) => path.startsWith(section))
    return rests ? [{ text, evidence: [rests.path] }] : []
  })
}
