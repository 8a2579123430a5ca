import { analysisSchema } from '@clarity/contracts'
import { type AnalysisWorld, analysisOnLocalCloud } from './support/analysis-on-local-cloud.ts'
import { type InternalCalls, activityWeek, internalCalls } from './support/internal-calls.ts'

let world: AnalysisWorld
let calls: InternalCalls
beforeAll(async () => {
  world = await analysisOnLocalCloud()
  calls = await internalCalls(world)
}, 60_000)
afterAll(() => world[Symbol.asyncDispose]())

const start = '2026-03-02T00:00:00Z'
const timezone = 'UTC'
const ask = (activity: unknown, more: object = {}) => calls.counts({ start, timezone, activity, ...more })

describe('activity counts', () => {
  it('make one complete analysis, stored without an upload, listed and not announced', async () => {
    const before = await world.announced()
    const first = await calls.counts({ start, timezone, activity: activityWeek() }, 'ada')
    const { status, body } = first
    expect([status, analysisSchema.safeParse(body).error?.issues]).toEqual([200, undefined])
    expect(body).toMatchObject({
      user_id: 'ada',
      upload_id: null,
      upload_ids: [],
      signal: 'activity_counts',
      window: { start: '2026-03-02', end: '2026-03-08', timezone, valid_days: 7, coverage: 1 },
      rhythm: {
        l5: { value: 0, unit: 'counts/min' },
        relative_amplitude: { value: 1 },
        m10_onset: { value: expect.stringMatching(/^\d\d:\d\d$/) },
        sleep_regularity_index: { value: null, reason: 'needs sleep/wake scoring, and none was asked for' },
      },
      heart: { mean_rate: { value: null, reason: 'the request holds activity alone' } },
      pat: { status: 'computed', input: 'activity_counts', validated: false, embedding: expect.any(Array) },
    })
    expect(await calls.counts({ start, timezone, activity: activityWeek() }, 'ada')).toEqual(first)
    expect((await world.records.analyses.list('ada', { limit: 10 })).data).toEqual([body])
    expect(await world.records.users.get('ada')).toBeNull()
    expect(await world.announced()).toBe(before)
  })

  it('are one analysis for each person, series, zone and scoring', async () => {
    const activity = activityWeek(1440)
    const ids = [
      await calls.counts({ start, timezone, activity }, 'bob'),
      await calls.counts({ start, timezone, activity }, 'eve'),
      await calls.counts({ start, timezone: 'Asia/Tokyo', activity }, 'bob'),
      await calls.counts({ start: '2026-03-03T00:00:00Z', timezone, activity }, 'bob'),
      await calls.counts({ start, timezone, activity, scoring: ['scripps-2010'] }, 'bob'),
      await calls.counts({ start, timezone, activity: [...activity, 0] }, 'bob'),
    ].map(({ body }) => body.analysis_id)
    expect(new Set(ids).size).toBe(6)
    const sameInstant = { start: '2026-03-02T01:00:00+01:00', timezone, activity, include: ['epochs'] }
    expect((await calls.counts(sameInstant, 'bob')).body.analysis_id).toBe(ids[0])
  })

  it('have their epochs in the answer to a request for them alone', async () => {
    const scoring = ['oakley-1997-40', 'sadeh-1994']
    const { body } = await ask([...activityWeek(), null], { include: ['epochs'], scoring })
    expect(Object.keys(body.sleep_wake ?? {})).toEqual(scoring)
    const [oakley] = Object.values(body.sleep_wake ?? {})
    expect(oakley).toMatch(/^[01]{10081}$/)
    expect([oakley?.slice(100, 103), oakley?.slice(1000, 1003), oakley?.at(-1)]).toEqual(['111', '000', '0'])
    expect(body.rhythm.sleep_regularity_index).toMatchObject({
      value: expect.any(Number),
      method: 'Phillips 2017 on oakley-1997-40 of counts',
      scale: 1,
    })
    expect(Object.keys(body.sleep_regularity ?? {})).toEqual(scoring)
    const stored = await world.records.analyses.get('somebody', body.analysis_id)
    expect(stored).not.toHaveProperty('sleep_wake')
    expect((await ask(activityWeek(1440), { include: ['epochs'] })).body.sleep_wake).toEqual({})
  })

  it('are scored on the scale that the request states', async () => {
    const activity = activityWeek(2880).map((count) => count * 10)
    const asked = { include: ['epochs'], scoring: ['oakley-1997-20'] }
    const asleep = async (more: object) => {
      const { body } = await ask(activity, { ...asked, ...more })
      const { scale, method } = body.rhythm.sleep_regularity_index
      const states = body.sleep_wake?.['oakley-1997-20'] ?? ''
      return [states.replaceAll('0', '').length, scale, method.split(' of ')[1]]
    }
    expect(await asleep({})).toEqual([954, 1, 'counts'])
    expect(await asleep({ count_scale: 10_000 })).toEqual([2880, 10_000, 'counts / 10000'])
    expect(await asleep({ count_cap: 1 })).toEqual([2880, 1, 'counts, at most 1'])
  })

  it('have bins that start with their first minute, and clock times of their zone', async () => {
    const activity = Array.from({ length: 2880 }, (_, minute) => (minute % 1440 < 720 ? 5 : 1))
    const { body } = await calls.counts({
      start: '2026-03-02T13:58:00+01:00',
      timezone: 'Europe/Berlin',
      activity,
    })
    expect(body.rhythm.m10_onset.value).toBe('13:58')
    expect(body.rhythm.interdaily_stability.value).toBeCloseTo(1, 12)
    expect(body.quality.days.map(({ date, valid }) => [date, valid])).toEqual([
      ['2026-03-02', true],
      ['2026-03-03', true],
      ['2026-03-04', true],
    ])
  })

  it.each([
    ['forward', '2026-03-28T00:00:00+01:00', 3 * 1440 - 60],
    ['back', '2026-10-24T00:00:00+02:00', 3 * 1440 + 60],
  ])('keep their clock time on days on which the clock goes %s', async (_way, first, length) => {
    const from = Date.parse(first)
    const hourAt = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' })
    const activity = Array.from({ length }, (_, minute) => Number(hourAt.format(from + minute * 60_000)))
    const { body } = await calls.counts({ start: first, timezone: 'Europe/Berlin', activity })
    expect(body.rhythm.interdaily_stability.value).toBeCloseTo(1, 1)
    expect([body.rhythm.l5_onset.value, body.rhythm.m10_onset.value]).toEqual(['00:00', '14:00'])
    expect(body.quality.days).toHaveLength(3)
    expect(body.quality.window_minutes).toBe(length)
  })

  it('give the model their last week', async () => {
    const week = activityWeek()
    const alone = await ask(week)
    const after = await calls.counts({
      start: '2026-02-23T00:00:00Z',
      timezone,
      activity: [...Array<number>(10_080).fill(7), ...week],
    })
    expect(after.body.pat.embedding).toEqual(alone.body.pat.embedding)
    expect(after.body.window).toMatchObject({ start: '2026-02-23', end: '2026-03-08', valid_days: 14 })
  })
})
