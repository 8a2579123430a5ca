import type { ResponseSchema } from '@clarity/language-model'
import { groundedTextSchema } from '@clarity/contracts'
import { z } from 'zod'
import { type Facts, isEvidence } from './facts.ts'
import { evidenceGround, ungroundedClaims, wholeGround } from './grounding.ts'
import { wordingFaults } from './wording.ts'

const sentence = groundedTextSchema.extend({
  text: z.string().trim().min(1).max(500),
  evidence: z.array(z.string()).min(1).max(8),
})

const draftSchema = z.object({
  narrative: z.string().trim().min(1).max(2500),
  key_insights: z.array(sentence).min(1).max(6),
  recommendations: z.array(sentence).max(5),
})

/** The words of an insight, by whoever wrote them. */
export type Draft = z.infer<typeof draftSchema>

const SENTENCES: ResponseSchema = {
  type: 'ARRAY',
  items: {
    type: 'OBJECT',
    properties: {
      text: { type: 'STRING', description: 'One plain sentence; its numbers are those of its evidence.' },
      evidence: {
        type: 'ARRAY',
        items: { type: 'STRING', description: 'The path of a measure, exactly as given.' },
      },
    },
    required: ['text', 'evidence'],
  },
}

/** The form that the model is asked for; `draftSchema` without its limits, which Vertex AI does not take. */
export const DRAFT_RESPONSE_SCHEMA: ResponseSchema = {
  type: 'OBJECT',
  properties: {
    narrative: { type: 'STRING', description: 'A short plain text for the person.' },
    key_insights: SENTENCES,
    recommendations: SENTENCES,
  },
  required: ['narrative', 'key_insights', 'recommendations'],
}

export type Review =
  | { readonly accepted: true; readonly draft: Draft }
  | { readonly accepted: false; readonly faults: readonly string[] }

/**
 * Reads what a model wrote, and refuses all of it for one fault: a wrong form, evidence that is no measure, a
 * number that stands in no measure, wording that is not allowed. Faults name the place, never the text.
 */
export function reviewDraft(json: unknown, facts: Facts): Review {
  const parsed = draftSchema.safeParse(json)
  if (!parsed.success) return { accepted: false, faults: ['The answer does not have the form asked for.'] }
  const draft = parsed.data
  const faults = [
    ...textFaults('The narrative', draft.narrative, wholeGround(facts)),
    ...draft.key_insights.flatMap((item) => sentenceFaults('A key insight', item, facts)),
    ...draft.recommendations.flatMap((item) => sentenceFaults('A recommendation', item, facts)),
  ]
  return faults.length === 0 ? { accepted: true, draft } : { accepted: false, faults: [...new Set(faults)] }
}

function sentenceFaults(place: string, { text, evidence }: z.infer<typeof sentence>, facts: Facts): string[] {
  const strangers = evidence.some((path) => !isEvidence(facts, path))
  return [
    ...(strangers ? [`${place} names evidence that is no measure with a value.`] : []),
    ...textFaults(place, text, evidenceGround(facts, evidence)),
  ]
}

function textFaults(place: string, text: string, ground: Parameters<typeof ungroundedClaims>[1]): string[] {
  const ungrounded = ungroundedClaims(text, ground).length > 0
  return [
    ...(ungrounded ? [`${place} holds a number that is not a figure of its measures.`] : []),
    ...wordingFaults(text).map((fault) => `${place} ${fault}.`),
  ]
}
