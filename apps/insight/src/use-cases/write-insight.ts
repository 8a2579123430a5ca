import type { Analysis, Insight } from '@clarity/contracts'
import { unavailable } from '@clarity/failure'
import type { Generation, LanguageModel } from '@clarity/language-model'
import { confidenceOf } from '../domain/confidence.ts'
import { DISCLAIMER } from '../domain/disclaimer.ts'
import { DRAFT_RESPONSE_SCHEMA, type Draft, reviewDraft } from '../domain/draft.ts'
import { factsOf } from '../domain/facts.ts'
import { PROMPT_VERSION, SYSTEM, buildPrompt } from '../domain/prompt.ts'
import { RULES_MODEL, rulesDraft } from '../domain/rules-draft.ts'
import type { InsightEvents } from '../events.ts'

export interface WriteInsightParts {
  readonly model: LanguageModel
  readonly events: InsightEvents
  readonly now: () => Date
  readonly traceId: () => string | null
}

export interface InsightOrder {
  readonly insightId: string
  readonly language: string
  readonly analysis: Analysis
}

export type WriteInsight = (order: InsightOrder, signal: AbortSignal) => Promise<Insight>

/** Once more after a refusal, and no further: then the rules write. */
const ATTEMPTS = 2

interface Written {
  readonly draft: Draft
  readonly source: Insight['source']
  readonly model: string
}

/**
 * An insight of one analysis: the model's words if each of their numbers is a measure of the analysis, else words
 * written by rules. Red flags and confidence never come from the model. Fails only when it is told to stop.
 */
export function createWriteInsight({ model, events, now, traceId }: WriteInsightParts): WriteInsight {
  const ask = async (analysis: Analysis, faults: readonly string[], signal: AbortSignal) => {
    const prompt = buildPrompt(analysis, faults)
    const generation = await model.generate({
      system: SYSTEM,
      prompt,
      responseSchema: DRAFT_RESPONSE_SCHEMA,
      signal,
    })
    if (generation.outcome === 'unreachable' && generation.reason === 'cancelled') {
      throw unavailable('The insight was not written in time.')
    }
    return generation
  }

  const write = async (analysis: Analysis, signal: AbortSignal, spent: Generation[]): Promise<Written> => {
    const facts = factsOf(analysis)
    let faults: readonly string[] = []
    for (let attempt = 1; attempt <= ATTEMPTS && facts.measures.length > 0; attempt += 1) {
      const generation = await ask(analysis, faults, signal)
      spent.push(generation)
      if (generation.outcome !== 'answered') {
        events.answerWithheld(withheldReason(generation))
        break
      }
      const review = reviewDraft(generation.json, facts)
      if (review.accepted) return { draft: review.draft, source: 'gemini', model: generation.model }
      faults = review.faults
      events.answerRefused(attempt, faults)
    }
    return { draft: rulesDraft(analysis), source: 'rules', model: RULES_MODEL }
  }

  return async ({ insightId, language, analysis }, signal) => {
    const spent: Generation[] = []
    const { draft, source, model: author } = await write(analysis, signal, spent)
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
      usage: usageOf(spent),
    }
  }
}

function withheldReason(generation: Exclude<Generation, { outcome: 'answered' }>): string {
  return generation.outcome === 'unreachable' ? generation.reason : generation.outcome
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
