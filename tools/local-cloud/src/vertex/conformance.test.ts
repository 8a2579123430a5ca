import { readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { GenerativeModel } from '@google-cloud/vertexai'
import { createServiceContext } from '../service-context.ts'
import { type VertexService, startVertex } from './server.ts'

const context = createServiceContext({ projectId: 'demo-clarity' })
const { faults } = context

const PROMPT = [
  'Write about these measures.',
  '- rhythm.relative_amplitude = 0.92 ratio',
  '- sleep.asleep_minutes = 432 min',
  '- rhythm.l5_onset = 01:30 local time',
].join('\n')

const SCHEMA = {
  type: 'OBJECT',
  properties: {
    narrative: { type: 'STRING' },
    key_insights: {
      type: 'ARRAY',
      items: {
        type: 'OBJECT',
        properties: {
          text: { type: 'STRING' },
          evidence: {
            type: 'ARRAY',
            items: {
              type: 'STRING',
              enum: ['rhythm.relative_amplitude', 'sleep.asleep_minutes', 'rhythm.l5_onset'],
            },
          },
        },
      },
    },
  },
}

const REQUEST = {
  contents: [{ role: 'user', parts: [{ text: PROMPT }] }],
  generationConfig: { responseMimeType: 'application/json', responseSchema: SCHEMA },
}

interface Answer {
  modelVersion?: string
  promptFeedback?: { blockReason: string }
  candidates?: { finishReason: string; content: { parts?: { text: string }[] } }[]
  usageMetadata?: { promptTokenCount: number; candidatesTokenCount: number }
  error?: { code: number; status: string }
}

interface Call {
  body?: unknown
  model?: string
  method?: string
  location?: string
  token?: string
}

describe('vertex', () => {
  let service: VertexService

  beforeAll(async () => {
    service = await startVertex(context, { port: 0 })
    const certificate = readFileSync(service.certificateFile, 'utf8')
    setDefaultCACertificates([...getCACertificates('default'), certificate])
  })

  afterEach(() => faults.clear())

  afterAll(async () => {
    await service[Symbol.asyncDispose]()
    rmSync(dirname(service.certificateFile), { recursive: true })
  })

  async function call(options: Call = {}): Promise<{ status: number; answer: Answer }> {
    const {
      model = 'gemini-3.5-flash',
      method = 'generateContent',
      location = 'us',
      token = 'local',
    } = options
    const path = `v1/projects/p/locations/${location}/publishers/google/models/${model}:${method}`
    const response = await fetch(`https://localhost:${service.port}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body ?? REQUEST),
    })
    return { status: response.status, answer: (await response.json()) as Answer }
  }

  const textOf = (answer: Answer) => answer.candidates?.[0]?.content.parts?.[0]?.text ?? ''

  test('the answer fits the schema and repeats the measures of the prompt', async () => {
    const { status, answer } = await call()

    expect(status).toBe(200)
    expect(answer).toMatchObject({ modelVersion: 'local-emulator', candidates: [{ finishReason: 'STOP' }] })
    expect(JSON.parse(textOf(answer))).toEqual({
      narrative:
        'Your relative amplitude was 0.92. Your asleep minutes was 432 min. Your l5 onset was 01:30.',
      key_insights: [
        { text: 'Your relative amplitude was 0.92.', evidence: ['rhythm.relative_amplitude'] },
        { text: 'Your asleep minutes was 432 min.', evidence: ['sleep.asleep_minutes'] },
        { text: 'Your l5 onset was 01:30.', evidence: ['rhythm.l5_onset'] },
      ],
    })
    expect(answer.usageMetadata?.promptTokenCount).toBeGreaterThan(0)
    expect(answer.usageMetadata?.candidatesTokenCount).toBeGreaterThan(0)
  })

  test("Google's own client reads the answer and its usage", async () => {
    const model = new GenerativeModel({
      project: 'p',
      location: 'us',
      model: 'gemini-3.5-flash',
      apiEndpoint: `127.0.0.1:${service.port}`,
      googleAuth: { getAccessToken: () => Promise.resolve('local') } as never,
    })
    const { response } = await model.generateContent({ contents: REQUEST.contents })

    expect(response.candidates?.[0]?.content.parts[0]?.text).toContain('Your relative amplitude was 0.92.')
    expect(response.usageMetadata?.totalTokenCount).toBeGreaterThan(0)
  })

  test('equal prompts get equal answers', async () => {
    expect((await call()).answer).toEqual((await call()).answer)
  })

  test.each<[string, Call, number, string]>([
    ['no token', { token: '' }, 401, 'UNAUTHENTICATED'],
    ['a retired model', { model: 'gemini-2.5-pro' }, 404, 'NOT_FOUND'],
    ['a region that does not serve the model', { location: 'us-central1' }, 404, 'NOT_FOUND'],
    ['another method', { method: 'streamGenerateContent' }, 501, 'UNIMPLEMENTED'],
    ['no contents', { body: { contents: [] } }, 400, 'INVALID_ARGUMENT'],
    ['contents without parts', { body: { contents: [{ role: 'user' }] } }, 400, 'INVALID_ARGUMENT'],
    [
      'an unknown role',
      { body: { contents: [{ role: 'system', parts: [{ text: 'a' }] }] } },
      400,
      'INVALID_ARGUMENT',
    ],
    ['a body that is no JSON', { body: '{' }, 400, 'INVALID_ARGUMENT'],
    [
      'a schema without the JSON type',
      { body: { ...REQUEST, generationConfig: { responseSchema: SCHEMA } } },
      400,
      'INVALID_ARGUMENT',
    ],
    [
      'a temperature out of range',
      { body: { ...REQUEST, generationConfig: { temperature: 3 } } },
      400,
      'INVALID_ARGUMENT',
    ],
  ])('%s is refused as Google refuses it', async (_title, options, status, word) => {
    expect(await call(options)).toMatchObject({ status, answer: { error: { code: status, status: word } } })
  })

  test('an answer longer than the limit is cut off', async () => {
    const generationConfig = { ...REQUEST.generationConfig, maxOutputTokens: 4 }
    const { answer } = await call({ body: { ...REQUEST, generationConfig } })

    expect(answer.candidates?.[0]?.finishReason).toBe('MAX_TOKENS')
    expect(textOf(answer)).toHaveLength(16)
  })

  test('the fault MAX_TOKENS cuts the answer off', async () => {
    faults.add({ service: 'vertex', code: 'MAX_TOKENS' })
    const { answer } = await call()

    expect(answer.candidates?.[0]?.finishReason).toBe('MAX_TOKENS')
    expect(() => JSON.parse(textOf(answer)) as unknown).toThrow(SyntaxError)
  })

  test('the fault SAFETY leaves a candidate without text', async () => {
    faults.add({ service: 'vertex', code: 'SAFETY' })

    expect((await call()).answer.candidates).toMatchObject([
      { finishReason: 'SAFETY', content: { role: 'model' } },
    ])
  })

  test('the fault PROMPT_BLOCKED answers no candidate', async () => {
    faults.add({ service: 'vertex', code: 'PROMPT_BLOCKED' })
    const { answer } = await call()

    expect(answer.promptFeedback?.blockReason).toBe('SAFETY')
    expect(answer.candidates).toBeUndefined()
  })

  test('the fault INVENTED writes a number that the prompt does not hold', async () => {
    faults.add({ service: 'vertex', code: 'INVENTED' })

    expect(textOf((await call()).answer)).toContain('Your relative amplitude was 7777.')
  })

  test('the fault MALFORMED ends normally with broken JSON', async () => {
    faults.add({ service: 'vertex', code: 'MALFORMED' })
    const { answer } = await call()

    expect(answer.candidates?.[0]?.finishReason).toBe('STOP')
    expect(() => JSON.parse(textOf(answer)) as unknown).toThrow(SyntaxError)
  })

  test('any other fault is an HTTP status', async () => {
    faults.add({ service: 'vertex', method: 'generateContent', code: 503, times: 1 })

    expect(await call()).toMatchObject({ status: 503, answer: { error: { status: 'UNAVAILABLE' } } })
    expect(await call()).toMatchObject({ status: 200 })
  })
})
