/** The subset of OpenAPI 3.0 that Vertex AI takes as a response schema. */
export interface ResponseSchema {
  readonly type: 'STRING' | 'NUMBER' | 'INTEGER' | 'BOOLEAN' | 'ARRAY' | 'OBJECT'
  readonly description?: string
  readonly enum?: readonly string[]
  readonly items?: ResponseSchema
  readonly properties?: Readonly<Record<string, ResponseSchema>>
  readonly required?: readonly string[]
}

export interface GenerationRequest {
  /** What the model is and must not do; the same for every person. */
  readonly system: string
  readonly prompt: string
  readonly responseSchema: ResponseSchema
  readonly signal?: AbortSignal | undefined
}

/** Tokens as the answer counts them; tokens of thinking count as output. */
export interface TokenUsage {
  readonly input_tokens: number
  readonly output_tokens: number
}

interface Measured {
  readonly usage: TokenUsage
  /** From the first attempt to the last answer, waiting included. */
  readonly latency_ms: number
}

/** The model finished and its text is JSON. Whether the JSON says anything true is the caller's question. */
export interface Answered extends Measured {
  readonly outcome: 'answered'
  readonly json: unknown
  /** What the answer itself names (`modelVersion`), not what was asked for. */
  readonly model: string
  readonly finish_reason: 'STOP'
}

/** The model spoke but not to the end (`cut-off`), was kept from it (`blocked`), or wrote no JSON (`malformed`). */
export interface Withheld extends Measured {
  readonly outcome: 'cut-off' | 'blocked' | 'malformed'
  readonly model: string
  /** Vertex AI's own word, e.g. `MAX_TOKENS`, `SAFETY`, `PROMPT_BLOCKED`; `INVALID_JSON` where the text broke. */
  readonly finish_reason: string
}

export type UnreachableReason =
  'timeout' | 'network' | 'rate-limited' | 'server-error' | 'rejected' | 'circuit-open' | 'cancelled'

/** No answer came; `rejected` is a request that trying again cannot help: rights, model id, schema. */
export interface Unreachable extends Measured {
  readonly outcome: 'unreachable'
  readonly reason: UnreachableReason
}

export type Generation = Answered | Withheld | Unreachable

/**
 * A model that writes text as JSON of a given schema.
 *
 * `generate` never throws for what the model or the network does: each way to fail is an outcome, and none of
 * them holds a vendor's text.
 */
export interface LanguageModel {
  /** The id that is asked for. */
  readonly model: string
  generate(request: GenerationRequest): Promise<Generation>
}
