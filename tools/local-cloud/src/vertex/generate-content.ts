import { fillSchema, type Schema } from './fill-schema.ts'
import { RpcError } from './google-rpc-error.ts'
import { type PromptMeasure, promptMeasures } from './prompt-measures.ts'

/** The name that this model gives itself, so that nothing local can pass for Gemini. */
const MODEL_VERSION = 'local-emulator'

/** Faults that are answered rather than refused; any other code is an HTTP status. */
export const ANSWER_FAULTS = [
  'MAX_TOKENS',
  'SAFETY',
  'RECITATION',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'PROMPT_BLOCKED',
  'INVENTED',
  'MALFORMED',
] as const
export type AnswerFault = (typeof ANSWER_FAULTS)[number]

interface Content {
  readonly role?: string
  readonly parts?: readonly { readonly text?: string }[]
}

interface GenerationConfig {
  readonly responseMimeType?: string
  readonly responseSchema?: Schema
  readonly maxOutputTokens?: number
  readonly temperature?: number
}

const CHARACTERS_A_TOKEN = 4
const DEFAULT_MAX_OUTPUT_TOKENS = 8192

/** Answers `generateContent` from the measures in the prompt; a broken request fails as `INVALID_ARGUMENT`. */
export function generateContent(request: Record<string, unknown>, fault?: AnswerFault): object {
  const contents = checkContents(request['contents'])
  const config = checkConfig(request['generationConfig'])
  const prompt = contents.flatMap((content) => content.parts ?? []).map((part) => part.text ?? '')
  const system = (request['systemInstruction'] as Content | undefined)?.parts ?? []
  const promptTokens = tokens([...prompt, ...system.map((part) => part.text ?? '')].join('\n'))
  const common = { modelVersion: MODEL_VERSION, responseId: `local-${promptTokens}` }
  if (fault === 'PROMPT_BLOCKED') {
    const usageMetadata = { promptTokenCount: promptTokens, totalTokenCount: promptTokens }
    return { ...common, promptFeedback: { blockReason: 'SAFETY', safetyRatings: [] }, usageMetadata }
  }
  const { text, finishReason } = answerText(prompt.join('\n'), config, fault)
  const candidatesTokenCount = tokens(text)
  const content = { role: 'model', ...(text === '' ? {} : { parts: [{ text }] }) }
  return {
    ...common,
    candidates: [{ index: 0, content, finishReason, safetyRatings: [] }],
    usageMetadata: {
      promptTokenCount: promptTokens,
      candidatesTokenCount,
      totalTokenCount: promptTokens + candidatesTokenCount,
    },
  }
}

function answerText(prompt: string, config: GenerationConfig, fault: AnswerFault | undefined) {
  const measures = promptMeasures(prompt)
  const whole = writeAnswer(fault === 'INVENTED' ? withInvented(prompt, measures) : measures, config)
  if (fault === 'MALFORMED') return { text: `${whole.slice(0, -1)},`, finishReason: 'STOP' }
  if (fault === 'MAX_TOKENS') return { text: whole.slice(0, whole.length / 2), finishReason: 'MAX_TOKENS' }
  if (fault && fault !== 'INVENTED') return { text: '', finishReason: fault }
  const limit = (config.maxOutputTokens ?? DEFAULT_MAX_OUTPUT_TOKENS) * CHARACTERS_A_TOKEN
  return whole.length > limit
    ? { text: whole.slice(0, limit), finishReason: 'MAX_TOKENS' }
    : { text: whole, finishReason: 'STOP' }
}

function writeAnswer(measures: readonly PromptMeasure[], config: GenerationConfig): string {
  const value = fillSchema(config.responseSchema ?? { type: 'STRING' }, measures)
  return config.responseMimeType === 'application/json' ? JSON.stringify(value) : String(value)
}

/** The measures, of which the first now has a value that stands nowhere in the prompt. */
function withInvented(prompt: string, measures: readonly PromptMeasure[]): PromptMeasure[] {
  let invented = 7777
  while (prompt.includes(String(invented))) invented += 1111
  const [first = { name: 'readiness', value: '', unit: '', label: 'readiness' }, ...others] = measures
  return [{ ...first, value: String(invented) }, ...others]
}

function checkContents(contents: unknown): readonly Content[] {
  if (!Array.isArray(contents) || contents.length === 0) {
    throw new RpcError(400, 'at least one contents field is required')
  }
  for (const content of contents as Content[]) {
    if (!Array.isArray(content.parts) || content.parts.length === 0) {
      throw new RpcError(400, 'Unable to submit request because it must include at least one parts field.')
    }
    if (content.role !== 'user' && content.role !== 'model') {
      throw new RpcError(400, 'Please use a valid role: user, model.')
    }
  }
  return contents as Content[]
}

function checkConfig(config: unknown): GenerationConfig {
  const given = (config ?? {}) as GenerationConfig
  if (given.responseSchema && given.responseMimeType !== 'application/json') {
    throw new RpcError(400, 'A response schema needs the response MIME type application/json.')
  }
  if (given.temperature !== undefined && !(given.temperature >= 0 && given.temperature <= 2)) {
    throw new RpcError(400, 'The temperature must be in [0, 2].')
  }
  return given
}

function tokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_A_TOKEN)
}
