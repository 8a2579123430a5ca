import { insightSchema } from '@clarity/contracts'
import { analysisFixture, emptyAnalysis } from './support/analysis-fixture.ts'
import { type InsightWorld, eventOf, insightOnLocalCloud } from './support/insight-on-local-cloud.ts'

describe('insight', () => {
  let world: InsightWorld

  beforeAll(async () => {
    world = await insightOnLocalCloud()
  })

  afterEach(() => world.clearFaults())

  afterAll(() => world[Symbol.asyncDispose]())

  test('an analysis becomes an insight of the model, and the upload names it', async () => {
    const { push, insights, upload, analysis } = await world.newCase()

    expect(await push()).toBe(204)
    const [insight] = await insights()
    expect(insightSchema.parse(insight)).toMatchObject({
      analysis_id: analysis.analysis_id,
      source: 'gemini',
      model: 'local-emulator',
      degraded: false,
      language: 'en',
      narrative: expect.stringContaining('Your time asleep per night was 432 min.') as string,
      red_flags: [],
      confidence: { value: 0.74 },
      usage: { cached: false },
    })
    expect(insight?.usage.input_tokens).toBeGreaterThan(0)
    expect(insight?.usage.output_tokens).toBeGreaterThan(0)
    expect(await upload()).toMatchObject({
      status: 'completed',
      stage: 'narrated',
      insight_id: insight?.insight_id,
      superseded_by: null,
    })
  })

  test('the announcement names ids alone and keeps the order of the user', async () => {
    const { push, insights, userId, uploadId, analysis } = await world.newCase()
    await push()
    const [insight] = await insights()

    const { data, attributes } = await world.announcement(userId)
    expect(data).toEqual({
      schema_version: 1,
      user_id: userId,
      insight_id: insight?.insight_id,
      analysis_id: analysis.analysis_id,
      source: 'gemini',
      generated_at: insight?.generated_at,
    })
    expect(attributes).toMatchObject({
      event_type: 'insight.generated',
      schema_version: '1',
      upload_id: uploadId,
    })
  })

  test('red flags are those of the analysis', async () => {
    const flag = {
      code: 'resting-heart-rate',
      title: 'Resting heart rate',
      measure: 'heart.resting_rate',
      value: 58.28,
      unit: '/min',
      citation: 'A publication',
    }
    const { push, insights } = await world.newCase({ red_flags: [flag] })
    await push()

    expect((await insights())[0]?.red_flags).toEqual([flag])
  })

  test('a second delivery changes nothing and announces nothing', async () => {
    const { push, insights, upload } = await world.newCase()
    await push()
    const [before, after] = [await insights(), await upload()]
    const announced = await world.announced()

    expect(await push()).toBe(204)
    expect(await insights()).toEqual(before)
    expect(await upload()).toEqual(after)
    expect(await world.announced()).toBe(announced)
  })

  test('two deliveries at once make one insight and one announcement', async () => {
    const { push, insights } = await world.newCase()
    const announced = await world.announced()

    expect(await Promise.all([push(), push()])).toEqual([204, 204])
    expect(await insights()).toHaveLength(1)
    expect(await world.announced()).toBe(announced + 1)
  })

  test('an analysis that is not the current one gets no insight', async () => {
    const { push, insights, upload, userId } = await world.newCase()
    await world.records.users.put(userId, { current_analysis_id: 'ana-newer' })
    const announced = await world.announced()

    expect(await push()).toBe(204)
    expect(await insights()).toEqual([])
    expect(await upload()).toMatchObject({
      status: 'completed',
      insight_id: null,
      superseded_by: 'ana-newer',
    })
    expect(await world.announced()).toBe(announced)
  })

  test('an analysis caused by a deletion gets its insight and touches no upload', async () => {
    const { push, insights, upload, analysis } = await world.newCase()
    const before = await upload()

    expect(await push({ data: eventOf(analysis) })).toBe(204)
    expect(await push({ data: eventOf(analysis) })).toBe(204)
    expect(await insights()).toHaveLength(1)
    expect(await upload()).toEqual(before)
  })

  test('a message of an upload that is gone is acknowledged without effect', async () => {
    const { push, insights, analysis } = await world.newCase()

    expect(await push({ data: eventOf(analysis, 'no-such-upload') })).toBe(204)
    expect(await insights()).toEqual([])
  })

  test('a message whose analysis is missing is acknowledged and the upload fails', async () => {
    const { push, upload, analysis, uploadId } = await world.newCase()
    const lost = { ...analysis, analysis_id: 'ana-lost' }

    await world.records.users.put(analysis.user_id, { current_analysis_id: 'ana-lost' })
    expect(await push({ data: eventOf(lost, uploadId) })).toBe(204)
    expect(await upload()).toMatchObject({ status: 'failed', error: { code: 'analysis_missing' } })
  })

  test('an analysis that went with a deleted upload is superseded by the one that took its place', async () => {
    const { push, upload, analysis, uploadId, insights } = await world.newCase()
    const gone = { ...analysis, analysis_id: 'ana-gone' }

    expect(await push({ data: eventOf(gone, uploadId) })).toBe(204)
    expect(await upload()).toMatchObject({ status: 'completed', superseded_by: analysis.analysis_id })
    expect(await insights()).toEqual([])
  })

  test('a message that breaks the schema is acknowledged', async () => {
    const { push, insights } = await world.newCase()

    expect(await push({ data: { schema_version: 2 } })).toBe(204)
    expect(await insights()).toEqual([])
  })

  test('an analysis without any measure is told by rules, without asking the model', async () => {
    const { rhythm, activity, sleep, heart, hrv, respiration, oxygen } = emptyAnalysis()
    const empty = { rhythm, activity, sleep, heart, hrv, respiration, oxygen }
    const { push, insights } = await world.newCase(empty)

    expect(await push()).toBe(204)
    expect((await insights())[0]).toMatchObject({
      source: 'rules',
      usage: { input_tokens: 0, latency_ms: 0 },
    })
  })

  test('nothing that identifies the person stands in the insight', async () => {
    const { push, insights, userId } = await world.newCase()
    await push()

    expect(JSON.stringify(await insights())).not.toContain(userId)
    expect(JSON.stringify(await insights())).not.toContain(analysisFixture().digest)
  })

  test.each<[string, number, () => Promise<string>]>([
    ['without a token', 401, () => Promise.resolve('')],
    ['with a foreign key', 401, () => world.token({ aud: 'http://insight.local' }, 'foreign')],
    ['for another audience', 403, () => world.token({ aud: 'http://other' })],
    ['of another account', 403, () => world.token({ aud: 'http://insight.local', email: 'x@example.com' })],
  ])('a push %s is answered %d', async (_title, status, token) => {
    const { push, insights } = await world.newCase()

    expect(await push({ token: await token() })).toBe(status)
    expect(await insights()).toEqual([])
  })

  test('the service is ready when records and bus answer', async () => {
    expect(await world.get('/ready')).toMatchObject({ status: 200 })
  })
})
