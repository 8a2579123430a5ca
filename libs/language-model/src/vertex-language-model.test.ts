import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type GenerationRequest, createVertexLanguageModel } from './index.ts'
import { type LocalVertex, startLocalVertex } from './testing/local-vertex.ts'
import { type VertexOptions } from './vertex-language-model.ts'

const REQUEST: GenerationRequest = {
  system: 'Write plainly.',
  prompt: '- sleep.asleep = 432 min (time asleep)',
  responseSchema: { type: 'OBJECT', properties: { narrative: { type: 'STRING' } } },
}

describe('Vertex AI language model', () => {
  let vertex: LocalVertex

  beforeAll(async () => {
    vertex = await startLocalVertex()
  })

  afterEach(() => vertex.clearFaults())

  afterAll(() => vertex[Symbol.asyncDispose]())

  const modelWith = (options: Partial<VertexOptions> = {}) =>
    createVertexLanguageModel({
      projectId: 'demo-clarity',
      location: 'us',
      model: 'gemini-3.5-flash',
      endpoint: vertex.endpoint,
      accessToken: () => Promise.resolve('local'),
      timeoutMs: 10_000,
      initialDelayMs: 1,
      maxDelayMs: 4,
      ...options,
    })

  test('answers with JSON, the model that the answer names, and its tokens', async () => {
    const generation = await modelWith().generate(REQUEST)

    expect(generation).toEqual({
      outcome: 'answered',
      json: { narrative: 'Your time asleep was 432 min.' },
      model: 'local-emulator',
      finish_reason: 'STOP',
      usage: { input_tokens: expect.any(Number) as number, output_tokens: expect.any(Number) as number },
      latency_ms: expect.any(Number) as number,
    })
    expect(generation.usage.input_tokens).toBeGreaterThan(0)
    expect(generation.usage.output_tokens).toBeGreaterThan(0)
  })

  test('prints nothing to the console', async () => {
    const printed: unknown[] = []
    const { warn, log, error } = console
    console.warn = console.log = console.error = (...line: unknown[]) => void printed.push(line)
    try {
      await modelWith().generate(REQUEST)
    } finally {
      Object.assign(console, { warn, log, error })
    }

    expect(printed).toEqual([])
  })

  test.each([
    ['MAX_TOKENS', 'cut-off', 'MAX_TOKENS'],
    ['SAFETY', 'blocked', 'SAFETY'],
    ['RECITATION', 'blocked', 'RECITATION'],
    ['BLOCKLIST', 'blocked', 'BLOCKLIST'],
    ['PROHIBITED_CONTENT', 'blocked', 'PROHIBITED_CONTENT'],
    ['SPII', 'blocked', 'SPII'],
    ['PROMPT_BLOCKED', 'blocked', 'PROMPT_BLOCKED'],
    ['MALFORMED', 'malformed', 'INVALID_JSON'],
  ])('an answer that ends with %s is %s', async (code, outcome, finishReason) => {
    await vertex.inject({ code, times: 1 })

    expect(await modelWith().generate(REQUEST)).toMatchObject({
      outcome,
      finish_reason: finishReason,
      model: 'local-emulator',
    })
  })

  test.each([408, 429, 500, 503])('an answer %d is tried again', async (code) => {
    await vertex.inject({ code, times: 2 })

    expect(await modelWith().generate(REQUEST)).toMatchObject({ outcome: 'answered' })
  })

  test.each([
    [408, 'timeout'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [503, 'server-error'],
  ])('an answer %d that stays is unreachable: %s', async (code, reason) => {
    await vertex.inject({ code, times: 3 })

    expect(await modelWith().generate(REQUEST)).toMatchObject({ outcome: 'unreachable', reason })
    expect(await modelWith().generate(REQUEST)).toMatchObject({ outcome: 'answered' })
  })

  test.each([400, 403])('an answer %d is rejected at once', async (code) => {
    await vertex.inject({ code, times: 1 })
    const model = modelWith()

    expect(await model.generate(REQUEST)).toMatchObject({ outcome: 'unreachable', reason: 'rejected' })
    expect(await model.generate(REQUEST)).toMatchObject({ outcome: 'answered' })
  })

  test('a retired model is rejected', async () => {
    const generation = await modelWith({ model: 'gemini-2.5-pro' }).generate(REQUEST)

    expect(generation).toMatchObject({ outcome: 'unreachable', reason: 'rejected' })
  })

  test('an attempt that takes too long is given up and tried again', async () => {
    await vertex.inject({ latency_ms: 1500, times: 1 })

    expect(await modelWith({ timeoutMs: 1000 }).generate(REQUEST)).toMatchObject({ outcome: 'answered' })
  })

  test('a model that never answers in time is unreachable', async () => {
    await vertex.inject({ latency_ms: 300, times: 3 })

    expect(await modelWith({ timeoutMs: 50 }).generate(REQUEST)).toMatchObject({
      outcome: 'unreachable',
      reason: 'timeout',
    })
  })

  test('a caller that gives up gets no answer', async () => {
    await vertex.inject({ latency_ms: 300, times: 1 })
    const generation = await modelWith().generate({ ...REQUEST, signal: AbortSignal.timeout(20) })

    expect(generation).toMatchObject({ outcome: 'unreachable', reason: 'cancelled' })
  })

  test('a caller that gave up before makes no call', async () => {
    await vertex.inject({ code: 'SAFETY', times: 1 })
    const model = modelWith()

    expect(await model.generate({ ...REQUEST, signal: AbortSignal.abort() })).toMatchObject({
      reason: 'cancelled',
    })
    expect(await model.generate(REQUEST)).toMatchObject({ outcome: 'blocked' })
  })

  test('nobody at the endpoint is a network failure', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))

    expect(await modelWith({ endpoint: `127.0.0.1:${port}` }).generate(REQUEST)).toMatchObject({
      outcome: 'unreachable',
      reason: 'network',
    })
  })

  test('the breaker opens after failures in a row, spares the model, and closes after a good probe', async () => {
    await vertex.inject({ code: 503 })
    const model = modelWith({ failuresToOpen: 3, openMs: 1000 })

    expect(await model.generate(REQUEST)).toMatchObject({ reason: 'server-error' })
    await vertex.clearFaults()
    expect(await model.generate(REQUEST)).toMatchObject({ reason: 'circuit-open' })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    expect(await model.generate(REQUEST)).toMatchObject({ outcome: 'answered' })
  })

  test('no outcome repeats what the vendor wrote', async () => {
    await vertex.inject({ code: 503, times: 3 })

    expect(JSON.stringify(await modelWith().generate(REQUEST))).not.toMatch(/injected|got status/i)
  })
})
