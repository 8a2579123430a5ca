import type { Analysis, Insight } from '@clarity/contracts'
import { unavailable } from '@clarity/failure'
import type { Generation, LanguageModel } from '@clarity/language-model'
import { confidenceOf } from '../domain/confidence.ts'
import { DISCLAIMER } from '../domain/disclaimer.ts'
import { DRAFT_RESPONSE_SCHEMA, type Draft, type Review, reviewDraft } from '../domain/draft.ts'
import { factsOf } from '../domain/facts.ts'
import type { InsightOrder } from '../domain/insight-order.ts'
import { partOf } from '../domain/insight-part.ts'
import { PROMPT_VERSION, SYSTEM, buildPrompt } from '../domain/prompt.ts'
import { RULES_MODEL, rulesDraft } from '../domain/rules-draft.ts'
import type { InsightEvents } from '../events.ts'

export interface WriteInsightParts {
  readonly model: LanguageModel
  readonly events: InsightEvents
  readonly now: () => Date
  readonly traceId: () => string | null
}

export type WriteInsight = (order: InsightOrder, signal: AbortSignal) => Promise<Insight>

/** What the model is told. */
type Told = Pick<InsightOrder, 'analysis' | 'context'>

interface Answer {
  readonly generation: Generation
  /** Absent where the model gave no words. */
  readonly review?: Review
}

interface Written {
  readonly draft: Draft
  readonly source: Insight['source']
  readonly model: string
}

/**
 * An insight of one analysis: the model's words if each of their numbers is a measure of the analysis, else words
 * written by rules. A refused answer is asked for once more, with the reasons. Red flags and confidence never come from the model. Fails only when it is told to stop.
 */
export function createWriteInsight({ model, events, now, traceId }: WriteInsightParts): WriteInsight {
  const ask = async (
    { analysis, context }: Told,
    faults: readonly string[],
    signal: AbortSignal,
  ): Promise<Answer> => {
    const prompt = buildPrompt(analysis, faults, context)
    const request = { system: SYSTEM, prompt, responseSchema: DRAFT_RESPONSE_SCHEMA, signal }
    const generation = await model.generate(request)
    if (generation.outcome === 'answered') {
      return { generation, review: reviewDraft(generation.json, factsOf(analysis)) }
    }
    const reason = generation.outcome === 'unreachable' ? generation.reason : generation.outcome
    if (reason === 'cancelled') throw unavailable('The insight was not written in time.')
    events.answerWithheld(reason)
    return { generation }
  }

  const askTwice = async (told: Told, signal: AbortSignal): Promise<Answer[]> => {
    const first = await ask(told, [], signal)
    if (!first.review || first.review.accepted) return [first]
    events.answerRefused(1, first.review.faults)
    const second = await ask(told, first.review.faults, signal)
    if (second.review && !second.review.accepted) events.answerRefused(2, second.review.faults)
    return [first, second]
  }

  return async ({ insightId, language, analysis, insightType, context }, signal) => {
    const told = { analysis: partOf(analysis, insightType), context }
    const answers = factsOf(told.analysis).measures.length > 0 ? await askTwice(told, signal) : []
    const { draft, source, model: author } = written(told.analysis, answers.at(-1))
    return {
      insight_id: insightId,
      analysis_id: analysis.analysis_id,
      source,
      model: author,
      prompt_version: PROMPT_VERSION,
      language,
      ...draft,
      red_flags: analysis.red_flags,
      confidence: confidenceOf(analysis),
      disclaimer: DISCLAIMER,
      degraded: source === 'rules',
      generated_at: now().toISOString(),
      trace_id: traceId(),
      usage: usageOf(answers.map(({ generation }) => generation)),
    }
  }
}

function written(analysis: Analysis, last: Answer | undefined): Written {
  if (last?.review?.accepted && last.generation.outcome === 'answered') {
    return { draft: last.review.draft, source: 'gemini', model: last.generation.model }
  }
  return { draft: rulesDraft(analysis), source: 'rules', model: RULES_MODEL }
}

function usageOf(spent: readonly Generation[]): Insight['usage'] {
  const sum = (read: (generation: Generation) => number) =>
    spent.reduce((total, generation) => total + read(generation), 0)
  return {
    input_tokens: sum(({ usage }) => usage.input_tokens),
    output_tokens: sum(({ usage }) => usage.output_tokens),
    latency_ms: sum(({ latency_ms }) => latency_ms),
    cached: false,
  }
}
