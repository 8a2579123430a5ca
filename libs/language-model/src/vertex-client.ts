import {
  type GenerateContentResponse,
  type GenerationConfig,
  GenerativeModel,
  HarmBlockThreshold,
  HarmCategory,
  type ResponseSchema as SdkResponseSchema,
} from '@google-cloud/vertexai'
import { GoogleAuth } from 'google-auth-library'
import { CallFailure } from './call-failure.ts'
import type { GenerationRequest } from './language-model.ts'

export interface VertexClientOptions {
  readonly projectId: string
  /** `us` or `eu` keep the data in that jurisdiction; `global` does not. */
  readonly location: string
  readonly model: string
  /** `host[:port]` in place of Google's host for the location. */
  readonly endpoint?: string | undefined
  /** An OAuth access token; absent = Application Default Credentials. */
  readonly accessToken?: (() => Promise<string>) | undefined
  readonly timeoutMs: number
  readonly temperature: number
  readonly maxOutputTokens: number
}

/** What of a `generateContent` answer is read; the SDK's types know neither `modelVersion` nor thinking. */
export type VertexAnswer = GenerateContentResponse & {
  readonly modelVersion?: string
  readonly responseId?: string
  readonly usageMetadata?: { readonly thoughtsTokenCount?: number }
}

const SAFETY_SETTINGS = [
  HarmCategory.HARM_CATEGORY_HARASSMENT,
  HarmCategory.HARM_CATEGORY_HATE_SPEECH,
  HarmCategory.HARM_CATEGORY_SEXUALLY_EXPLICIT,
  HarmCategory.HARM_CATEGORY_DANGEROUS_CONTENT,
].map((category) => ({ category, threshold: HarmBlockThreshold.BLOCK_MEDIUM_AND_ABOVE }))

/**
 * One attempt at `generateContent`, and the only file that knows `@google-cloud/vertexai`.
 *
 * It makes the SDK's model class itself: the `VertexAI` class in front of it prints to the console when it is
 * made, and derives a host that does not exist for the multi-regions. Throws `CallFailure` alone.
 */
export function createVertexClient(
  options: VertexClientOptions,
): (request: GenerationRequest) => Promise<VertexAnswer> {
  const auth = options.accessToken ? { getAccessToken: options.accessToken } : defaultCredentials(options)
  return async ({ system, prompt, responseSchema }) => {
    const model = new GenerativeModel({
      project: options.projectId,
      location: options.location,
      model: options.model,
      apiEndpoint: options.endpoint ?? vertexHost(options.location),
      // The SDK's own copy of the auth library is older; of the class it calls `getAccessToken` alone.
      googleAuth: auth as never,
      requestOptions: { timeout: options.timeoutMs },
    })
    try {
      const { response } = await model.generateContent({
        systemInstruction: system,
        contents: [{ role: 'user', parts: [{ text: prompt }] }],
        generationConfig: generationConfig(options, responseSchema as SdkResponseSchema),
        safetySettings: SAFETY_SETTINGS,
      })
      return response
    } catch (error) {
      throw toCallFailure(error)
    }
  }
}

function defaultCredentials({ projectId }: VertexClientOptions): GoogleAuth {
  return new GoogleAuth({ projectId, scopes: 'https://www.googleapis.com/auth/cloud-platform' })
}

/** The host that serves a location: Gemini is served by multi-regions and `global`, older models by regions. */
export function vertexHost(location: string): string {
  if (location === 'global') return 'aiplatform.googleapis.com'
  if (location === 'us' || location === 'eu') return `aiplatform.${location}.rep.googleapis.com`
  return `${location}-aiplatform.googleapis.com`
}

function generationConfig(options: VertexClientOptions, responseSchema: SdkResponseSchema): GenerationConfig {
  const thinking = { thinkingConfig: { thinkingLevel: 'LOW' } }
  return {
    ...thinking,
    temperature: options.temperature,
    maxOutputTokens: options.maxOutputTokens,
    candidateCount: 1,
    responseMimeType: 'application/json',
    responseSchema,
  }
}

/** The SDK tells an HTTP status in its message only, and wraps what fetch throws; bodies that are no JSON break it. */
function toCallFailure(error: unknown): CallFailure {
  const message = error instanceof Error ? error.message : ''
  const status = Number(/got status: (\d{3})/.exec(message)?.[1])
  if (status === 408) return new CallFailure('timeout')
  if (status === 429) return new CallFailure('rate-limited')
  if (status >= 500) return new CallFailure('server-error')
  if (status >= 400) return new CallFailure('rejected')
  const cause = error instanceof Error ? error.cause : undefined
  if (isAbort(cause) || isAbort(error)) return new CallFailure('timeout')
  return new CallFailure(error instanceof SyntaxError ? 'server-error' : 'network')
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
