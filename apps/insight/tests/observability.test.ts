import { type InsightWorld, insightOnLocalCloud } from './support/insight-on-local-cloud.ts'

describe('what operators see', () => {
  let world: InsightWorld

  beforeAll(async () => {
    world = await insightOnLocalCloud()
  })

  afterAll(() => world[Symbol.asyncDispose]())

  const answer = (code: string) => world.inject({ service: 'vertex', code, times: 1 })

  test('every metric moves, and no label holds an id, a measure or a word of the insight', async () => {
    const good = await world.newCase()
    await good.push()
    await answer('INVENTED')
    await (await world.newCase()).push()
    await answer('SAFETY')
    await (await world.newCase()).push()
    const old = await world.newCase()
    await world.records.users.put(old.userId, { current_analysis_id: 'ana-newer' })
    await old.push()
    await old.push({ data: {} })
    await world.inject({ service: 'pubsub', method: 'Publish', code: 'PERMISSION_DENIED', times: 1 })
    expect(await (await world.newCase()).push({ deliveryAttempt: 5 })).toBe(503)

    const metrics = await world.metrics()
    for (const line of [
      'clarity_insights_total{source="gemini",degraded="false"}',
      'clarity_insights_total{source="rules",degraded="true"}',
      'clarity_insight_refusals_total{attempt="1"}',
      'clarity_insight_withheld_total{reason="blocked"}',
      'clarity_insight_superseded_total',
      'clarity_insight_failures_total{reason="exhausted"}',
      'clarity_insight_tokens_total{gen_ai_token_type="input"}',
      'clarity_insight_tokens_total{gen_ai_token_type="output"}',
      'clarity_insight_model_latency_count{source="gemini"}',
      'clarity_insight_upload_wait_count',
    ]) {
      expect(metrics).toContain(line)
    }
    const [insight] = await good.insights()
    expect(metrics).not.toContain(good.userId)
    expect(metrics).not.toContain(insight?.insight_id)
    expect(metrics).not.toMatch(/432 min|\b8123\b|time asleep/)
  })
})
