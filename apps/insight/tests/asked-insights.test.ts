import { type InsightWorld, insightOnLocalCloud } from './support/insight-on-local-cloud.ts'

let world: InsightWorld
beforeAll(async () => {
  world = await insightOnLocalCloud()
}, 60_000)
afterAll(() => world[Symbol.asyncDispose]())
afterEach(() => world.clearFaults())

const asks = async (wanted: Parameters<InsightWorld['newCase']>[0] = {}) => {
  const found = await world.newCase(wanted)
  const { analysis_id } = found.analysis
  return { ...found, wanted: { user_id: found.userId, analysis_id } }
}

describe('an insight that is asked for', () => {
  it('is made once, then answered from what is stored, and announced to nobody', async () => {
    const { userId, wanted, insights } = await asks()
    const announced = await world.announced()
    const made = await world.ask(wanted)
    expect([made.status, made.body]).toMatchObject([
      200,
      { analysis_id: wanted.analysis_id, source: 'gemini', language: 'en', usage: { cached: false } },
    ])
    const again = await world.ask({ ...wanted, language: 'en-GB', insight_type: 'summary', context: '  ' })
    expect(again).toEqual({
      status: 200,
      body: { ...made.body, usage: { ...made.body.usage, cached: true } },
    })
    expect(await insights()).toEqual([made.body])
    expect(await world.announced()).toBe(announced)
    expect(await world.records.insights.publishedAt(userId, made.body.insight_id)).toBeNull()
  })

  it('is the one that the message makes, which then announces it', async () => {
    const { userId, wanted, push, insights } = await asks()
    const { body } = await world.ask(wanted)
    expect(await push()).toBe(204)
    expect(await insights()).toEqual([body])
    expect(await world.announcement(userId)).toMatchObject({ data: { insight_id: body.insight_id } })
  })

  it('without waiting is named and not made', async () => {
    const { userId, wanted } = await asks()
    const { status, body } = await world.ask(wanted, { wait: false })
    expect([status, body]).toEqual([202, { insight_id: expect.stringMatching(/^ins_/), status: 'pending' }])
    expect(await world.records.insights.get(userId, body.insight_id)).toBeNull()
    expect((await world.ask(wanted)).body.insight_id).toBe(body.insight_id)
    expect((await world.ask(wanted, { wait: false })).status).toBe(200)
  })

  it('is another one for another type or context', async () => {
    const { wanted, insights } = await asks()
    const made = [
      await world.ask(wanted),
      await world.ask({ ...wanted, insight_type: 'rhythm' }),
      await world.ask({ ...wanted, context: 'I began to run.' }),
    ]
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await insights()).toHaveLength(3)
    const evidence = made[1]!.body.key_insights.flatMap((insight) => insight.evidence)
    expect(evidence.filter((path) => !path.startsWith('rhythm.'))).toEqual([])
    expect(evidence.length).toBeGreaterThan(0)
  })

  it('is made one at a time for a person, and is pending meanwhile', async () => {
    const { userId, wanted, insights } = await asks()
    const holder = 'another instance'
    const other = { insight_id: 'ins_other', analysis_id: wanted.analysis_id, holder, leaseSeconds: 60 }
    await world.records.insights.claim(userId, { ...other, at: new Date().toISOString() })
    const { body: named } = await world.ask(wanted, { wait: false })
    const making = world.ask(wanted)
    const state = async () => (await world.records.insights.get(userId, named.insight_id))?.status
    for (let tries = 0; tries < 200 && (await state()) !== 'pending'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10))
    expect([await state(), await insights()]).toEqual(['pending', []])
    await world.records.insights.release(userId, other)
    expect((await making).status).toBe(200)
    expect((await insights()).map(({ insight_id }) => insight_id)).toEqual([named.insight_id])
  })

  it.each([
    ['404 for an analysis of somebody else', { user_id: 'somebody-else' }, 404],
    ['404 for no analysis', { analysis_id: 'none' }, 404],
    ['422 for another language', { language: 'de' }, 422],
    ['422 for another type', { insight_type: 'horoscope' }, 422],
    ['422 for a context without end', { context: 'x'.repeat(1001) }, 422],
  ])('is %s', async (_title, wrong, status) => {
    const { wanted } = await asks()
    expect((await world.ask({ ...wanted, ...wrong })).status).toBe(status)
  })

  it('is refused to whoever is not ingestion', async () => {
    const { wanted } = await asks()
    const audience = { aud: 'http://insight.local' }
    const email = 'clarity-push-insight@demo-clarity.iam.gserviceaccount.com'
    const tokens = ['a.b.c', await world.token({ ...audience, email })]
    const answers = await Promise.all(tokens.map((token) => world.ask(wanted, { token })))
    expect(answers.map(({ status }) => status)).toEqual([401, 403])
  })
})
