import { CallFailure } from './call-failure.ts'
import { type CallPolicyOptions, createCallPolicy } from './call-policy.ts'
import type { Generation, LanguageModel } from './language-model.ts'
import { createModelTelemetry } from './model-telemetry.ts'
import { readAnswer } from './read-answer.ts'
import { createVertexClient, vertexHost } from './vertex-client.ts'

export interface VertexOptions extends Partial<CallPolicyOptions> {
  readonly projectId: string
  /** `us` or `eu` keep the data in that jurisdiction; `global` does not. */
  readonly location: string
  readonly model: string
  /** `host[:port]` in place of Google's host for the location; always called over TLS. */
  readonly endpoint?: string | undefined
  /** An OAuth access token; absent = Application Default Credentials. */
  readonly accessToken?: (() => Promise<string>) | undefined
}

/** Low, so that sentences stay close to the measures they are given. */
const TEMPERATURE = 0.2
/** Thinking counts against this limit too. */
const MAX_OUTPUT_TOKENS = 8192

const POLICY: CallPolicyOptions = {
  timeoutMs: 15_000,
  retries: 2,
  initialDelayMs: 500,
  maxDelayMs: 8_000,
  failuresToOpen: 5,
  openMs: 30_000,
}

/**
 * Gemini on Vertex AI, called with Application Default Credentials unless a token is given.
 *
 * Each attempt has `timeoutMs`; 408, 429, 5xx and a broken connection are tried again `retries` times; after
 * `failuresToOpen` failed attempts in a row no call is made for `openMs`.
 */
export function createVertexLanguageModel(options: VertexOptions): LanguageModel {
  const limits = { ...POLICY, ...defined(options) }
  const settings = { temperature: TEMPERATURE, maxOutputTokens: MAX_OUTPUT_TOKENS }
  const call = createVertexClient({ ...options, ...settings, timeoutMs: limits.timeoutMs })
  const policy = createCallPolicy(limits)
  const telemetry = createModelTelemetry({
    ...settings,
    model: options.model,
    host: options.endpoint ?? vertexHost(options.location),
    isOpen: policy.isOpen,
  })
  policy.onRetry(telemetry.retried)

  return {
    model: options.model,
    generate: (request) =>
      telemetry.observe(async (): Promise<Generation> => {
        const startedAt = performance.now()
        const latency = () => Math.round(performance.now() - startedAt)
        try {
          const answer = await policy.execute(() => call(request), request.signal)
          return { ...readAnswer(answer), latency_ms: latency() }
        } catch (error) {
          if (!(error instanceof CallFailure)) throw error
          const usage = { input_tokens: 0, output_tokens: 0 }
          return { outcome: 'unreachable', reason: error.reason, usage, latency_ms: latency() }
        }
      }),
  }
}

function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>
}
