import { analysisSchema } from '@clarity/contracts'
import { type AnalysisWorld, analysisOnLocalCloud } from './support/analysis-on-local-cloud.ts'
import { type InternalCalls, internalCalls } from './support/internal-calls.ts'

let world: AnalysisWorld
let calls: InternalCalls
beforeAll(async () => {
  world = await analysisOnLocalCloud()
  calls = await internalCalls(world)
}, 60_000)
afterAll(() => world[Symbol.asyncDispose]())

const timezone = 'UTC'
const at = (day: number, hour: number, minute = 0) =>
  new Date(Date.UTC(2026, 2, day, hour, minute)).toISOString()

/** Ten minutes of steps in each hour of those days. */
function stepsOf(days: number, hours = 24) {
  return Array.from({ length: days * hours }, (_, index) => {
    const [day, hour] = [1 + Math.floor(index / hours), index % hours]
    return { start: at(day, hour), end: at(day, hour, 10), steps: 100 + 10 * hour + day }
  })
}

const ask = (samples: unknown, more: object = {}) => calls.steps({ timezone, samples, ...more })

describe('steps', () => {
  it('make one complete analysis of the seven days that end with the last valid one', async () => {
    const { status, body } = await calls.steps({ timezone, samples: stepsOf(9) }, 'ada')
    expect([status, analysisSchema.safeParse(body).error?.issues]).toEqual([200, undefined])
    expect(body).toMatchObject({
      user_id: 'ada',
      upload_id: null,
      upload_ids: [],
      signal: 'steps',
      window: { start: '2026-03-03', end: '2026-03-09', timezone, valid_days: 7 },
      rhythm: {
        interdaily_stability: { value: expect.any(Number), method: 'Witting 1990, hourly means of steps' },
        sleep_regularity_index: { value: null, reason: 'needs sleep/wake scoring, which steps do not allow' },
      },
      activity: { steps_per_day: { value: 24 * 100 + 10 * 276 + 24 * 6 } },
      pat: { status: 'computed', input: 'steps', validated: false },
    })
    expect(body.pat).not.toHaveProperty('drift')
    expect((await world.records.analyses.list('ada', { limit: 10 })).data).toEqual([body])
    expect(await world.records.days.lastDates('ada', 10)).toEqual([])
  })

  it('are the same in any order, and repeated', async () => {
    const samples = stepsOf(7)
    const mixed = samples.toSorted((a, b) => (a.steps % 7) - (b.steps % 7) || (a.start < b.start ? 1 : -1))
    const inOrder = await ask(samples)
    expect((await ask([...mixed, ...samples.slice(20, 90)])).body).toEqual(inOrder.body)
  })

  it('of one time with other ends add up, as those of one device do', async () => {
    const overlapping = { start: at(1, 0), end: at(1, 0, 5), steps: 10 }
    const steps = async (samples: object[]) => (await ask(samples)).body.activity.steps_per_day?.value
    expect(await steps([...stepsOf(1), overlapping])).toBe(Number(await steps(stepsOf(1))) + 10)
  })

  it.each([
    [0, 'needs 1 valid day, the window has 0', 'needs 4 valid days, the window has 0'],
    [1, 'needs 2 valid days, the window has 1', 'needs 4 valid days, the window has 1'],
    [2, undefined, 'needs 4 valid days, the window has 2'],
    [3, undefined, 'needs 4 valid days, the window has 3'],
    [4, undefined, undefined],
    [5, undefined, undefined],
    [6, undefined, undefined],
    [7, undefined, undefined],
  ])('of %i valid days say what that allows', async (days, stability, pat) => {
    const { body } = await ask([...stepsOf(days), ...(days === 0 ? stepsOf(1, 9) : [])])
    expect([
      body.window.valid_days,
      body.rhythm.interdaily_stability.reason,
      body.pat.reason,
      body.pat.status,
    ]).toEqual([days, stability, pat, pat === undefined ? 'computed' : 'abstained'])
  })

  it('that nobody took stay zero', async () => {
    const { body } = await ask(stepsOf(7).map((sample) => ({ ...sample, steps: 0 })))
    expect(body.rhythm.relative_amplitude).toMatchObject({ value: null })
    expect(body.rhythm.m10.value).toBe(0)
    expect(body.pat.reason).toBe('the observed minutes do not vary')
  })

  it.each([
    ['none at all', { samples: [] }, ['samples']],
    ['negative ones', { samples: [{ start: at(1, 1), end: at(1, 2), steps: -1 }] }, ['samples[0].steps']],
    [
      'an end before its start',
      { samples: [{ start: at(1, 2), end: at(1, 1), steps: 1 }] },
      ['samples[0].end'],
    ],
    ['a sample of two days', { samples: [{ start: at(1, 2), end: at(3, 2), steps: 1 }] }, ['samples[0].end']],
    ['no zone', { timezone: undefined }, ['timezone']],
    [
      'more than a person can take',
      { samples: [{ start: at(1, 1), end: at(1, 2), steps: 1e6 }] },
      ['samples'],
    ],
    [
      'those of days to come',
      { samples: [{ start: '2099-01-01T00:00:00Z', end: '2099-01-01T00:10:00Z', steps: 10 }] },
      ['samples'],
    ],
  ])('are refused: %s', async (_title, wrong, paths) => {
    const { status, body } = await ask(stepsOf(1), wrong)
    expect([status, body.errors?.map(({ path }) => path.replace('request.', ''))]).toEqual([422, paths])
  })
})
