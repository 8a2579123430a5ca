import { type InsightWorld, insightOnLocalCloud } from './support/insight-on-local-cloud.ts'

describe('when the model fails', () => {
  let world: InsightWorld

  beforeAll(async () => {
    world = await insightOnLocalCloud()
  })

  afterEach(() => world.clearFaults())

  afterAll(() => world[Symbol.asyncDispose]())

  const fault = (code: string | number, times?: number) =>
    world.inject({ service: 'vertex', method: 'generateContent', code, ...(times && { times }) })

  test.each(['MAX_TOKENS', 'SAFETY', 'PROMPT_BLOCKED', 'MALFORMED', 429, 503, 404])(
    'an answer %s gives an insight written by rules, once and for all',
    async (code) => {
      await fault(code)
      const { push, insights, upload } = await world.newCase()

      expect(await push()).toBe(204)
      const [insight] = await insights()
      expect(insight).toMatchObject({
        source: 'rules',
        model: 'rules-1',
        degraded: true,
        narrative: expect.stringMatching(/^This summary rests on 6 of 7 days\. Your time asleep/) as string,
      })
      expect(await upload()).toMatchObject({ status: 'completed', insight_id: insight?.insight_id })
    },
  )

  test('an answer that is cut off is not asked for again', async () => {
    await fault('MAX_TOKENS', 1)
    const { push, insights } = await world.newCase()
    await push()

    expect((await insights())[0]).toMatchObject({ source: 'rules' })
  })

  test('an invented number is asked about once more, and a true answer is taken', async () => {
    await fault('INVENTED', 1)
    const { push, insights } = await world.newCase()
    await push()

    const [insight] = await insights()
    expect(insight).toMatchObject({ source: 'gemini', degraded: false })
    expect(JSON.stringify(insight)).not.toMatch(/\b7777\b/)
  })

  test('a number that is invented again is not asked about a third time', async () => {
    await fault('INVENTED', 2)
    const { push, insights } = await world.newCase()
    await push()

    const [insight] = await insights()
    expect(insight).toMatchObject({ source: 'rules', degraded: true })
    expect(insight?.usage.output_tokens).toBeGreaterThan(0)
    expect(JSON.stringify(insight)).not.toMatch(/\b7777\b/)
  })

  test.each([429, 503])('an answer %d that passes is not seen by the person', async (code) => {
    await fault(code, 2)
    const { push, insights } = await world.newCase()
    await push()

    expect((await insights())[0]).toMatchObject({ source: 'gemini', degraded: false })
  })

  test('an open breaker gives insights by rules without a call', async () => {
    await using fragile = await insightOnLocalCloud({ failuresToOpen: 2, openMs: 60_000 })
    await fragile.inject({ service: 'vertex', code: 503, times: 2 })
    const [first, second] = [await fragile.newCase(), await fragile.newCase()]
    await first.push()
    await second.push()

    expect((await first.insights())[0]).toMatchObject({ source: 'rules' })
    expect((await second.insights())[0]).toMatchObject({ source: 'rules', usage: { input_tokens: 0 } })
  })
})
