import { type Case, type InsightWorld, insightOnLocalCloud } from './support/insight-on-local-cloud.ts'

describe('a crash at any step', () => {
  let world: InsightWorld

  beforeAll(async () => {
    world = await insightOnLocalCloud()
  })

  afterEach(() => world.clearFaults())

  afterAll(() => world[Symbol.asyncDispose]())

  async function endState({ insights, upload }: Case) {
    const [found, record] = [await insights(), await upload()]
    return {
      insights: found.length,
      narrative: found[0]?.narrative,
      named: record?.insight_id === found[0]?.insight_id,
      status: record?.status,
      stage: record?.stage,
      error: record?.error,
    }
  }

  const DONE = {
    insights: 1,
    narrative: expect.stringContaining('Your time asleep per night was 432 min.') as string,
    named: true,
    status: 'completed',
    stage: 'narrated',
    error: null,
  }

  test.each([0, 1, 2, 3, 4, 5])(
    'write %d fails, and the next delivery ends as if nothing had',
    async (after) => {
      const subject = await world.newCase()
      await world.inject({
        service: 'firestore',
        method: 'Commit',
        code: 'PERMISSION_DENIED',
        after,
        times: 1,
      })
      await subject.push()
      await world.clearFaults()

      expect(await subject.push()).toBe(204)
      expect(await endState(subject)).toEqual(DONE)
    },
  )

  test('the insight is announced once though the announcement fails at first', async () => {
    const subject = await world.newCase()
    const announced = await world.announced()
    await world.inject({ service: 'pubsub', method: 'Publish', code: 'PERMISSION_DENIED', times: 1 })

    expect(await subject.push()).toBe(503)
    expect(await subject.push()).toBe(204)
    expect(await endState(subject)).toEqual(DONE)
    expect(await world.announced()).toBe(announced + 1)
  })

  test('the last failed delivery fails the upload, and a replay heals it', async () => {
    const subject = await world.newCase()
    await world.inject({ service: 'pubsub', method: 'Publish', code: 'PERMISSION_DENIED', times: 1 })

    expect(await subject.push({ deliveryAttempt: 5 })).toBe(503)
    expect(await subject.upload()).toMatchObject({ status: 'failed', error: { code: 'exhausted' } })
    expect(await subject.push()).toBe(204)
    expect(await endState(subject)).toEqual(DONE)
  })
})
