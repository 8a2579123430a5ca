import type { Answered, TokenUsage, Withheld } from './language-model.ts'
import type { VertexAnswer } from './vertex-client.ts'

type ReadAnswer = Omit<Answered, 'latency_ms'> | Omit<Withheld, 'latency_ms'>

/**
 * Reads an answer in the order in which it can fail: a blocked prompt, no candidate, how the candidate ended, and
 * only then its text. A text that was cut off or blocked is never parsed: its JSON may be whole by accident.
 */
export function readAnswer(answer: VertexAnswer): ReadAnswer {
  const said = { usage: tokenUsage(answer), model: answer.modelVersion ?? 'unknown' }
  if (answer.promptFeedback?.blockReason) {
    return { ...said, outcome: 'blocked', finish_reason: 'PROMPT_BLOCKED' }
  }
  const candidate = answer.candidates?.[0]
  if (!candidate) return { ...said, outcome: 'blocked', finish_reason: 'NO_CANDIDATE' }
  const finishReason = candidate.finishReason ?? 'FINISH_REASON_UNSPECIFIED'
  if (finishReason === 'MAX_TOKENS') return { ...said, outcome: 'cut-off', finish_reason: finishReason }
  if (finishReason !== 'STOP') {
    const outcome = finishReason.startsWith('MALFORMED') ? 'malformed' : 'blocked'
    return { ...said, outcome, finish_reason: finishReason }
  }
  const json = parseJson(textOf(candidate.content?.parts))
  if (json === undefined) return { ...said, outcome: 'malformed', finish_reason: 'INVALID_JSON' }
  return { ...said, outcome: 'answered', json, finish_reason: 'STOP' }
}

function tokenUsage({ usageMetadata }: VertexAnswer): TokenUsage {
  return {
    input_tokens: usageMetadata?.promptTokenCount ?? 0,
    output_tokens: (usageMetadata?.candidatesTokenCount ?? 0) + (usageMetadata?.thoughtsTokenCount ?? 0),
  }
}

function textOf(parts: readonly { text?: string; thought?: boolean }[] | undefined): string {
  return (parts ?? [])
    .filter((part) => !part.thought)
    .map((part) => part.text ?? '')
    .join('')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
