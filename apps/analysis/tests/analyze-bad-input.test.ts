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
const activity = [1, 2, 3]
const filled = (length: number, value: number | null) => Array<number | null>(length).fill(value)

describe('a series that cannot be analysed is refused with the field at fault', () => {
  it.each([
    ['no minutes', { activity: [] }, 'activity'],
    ['a negative minute', { activity: [1, -1] }, 'activity[1]'],
    ['a minute that is no number', { activity: [1, 'NaN'] }, 'activity[1]'],
    ['20161 minutes', { activity: filled(20_161, 1) }, 'activity'],
    ['no start', { start: undefined }, 'start'],
    ['a start without its offset', { start: '2026-03-02T00:00:00' }, 'start'],
    ['a start before 1900', { start: '1899-12-31T23:59:59Z' }, 'start'],
    ['a start after 2100', { start: '2101-01-01T00:00:00Z' }, 'start'],
    ['a day that is none', { start: '2026-02-30T00:00:00Z' }, 'start'],
    ['no zone', { timezone: undefined }, 'timezone'],
    ['a zone that is none', { timezone: 'Mars/Olympus' }, 'timezone'],
    ['a scoring that is none', { scoring: ['webster'] }, 'scoring[0]'],
    ['a count scale of 0', { count_scale: 0 }, 'count_scale'],
    ['a negative cap', { count_cap: -300 }, 'count_cap'],
  ])('%s', async (_title, wrong, path) => {
    const { status, body } = await calls.counts({ start, timezone, activity, ...wrong })
    expect([status, body.errors?.map((error) => error.path.replace('request.', ''))]).toEqual([422, [path]])
  })

  it('a thousand bad minutes, of which the first hundred are told', async () => {
    const { status, body } = await calls.counts({ start, timezone, activity: filled(1000, -1) })
    expect([status, body.errors?.length]).toEqual([422, 100])
  })

  it('1900 and 2100 themselves are taken', async () => {
    for (const first of ['1900-01-01T00:00:00Z', '2100-12-31T23:59:00Z'])
      expect((await calls.counts({ start: first, timezone: 'Europe/Berlin', activity })).status).toBe(200)
  })
})

describe('what a poor series of counts gets', () => {
  /** Reasons, or `value` where there is one: IS, IV, RA, L5, M10, cosinor amplitude, and why the model abstains. */
  async function outcomes(series: (number | null)[]) {
    const { status, body } = await calls.counts({ start, timezone, activity: series })
    expect(status).toBe(200)
    const { rhythm, pat, window, quality } = body
    const told = (
      ['interdaily_stability', 'intradaily_variability', 'relative_amplitude', 'l5'] as const
    ).map((name) => rhythm[name].reason ?? 'value')
    return {
      told,
      pat: pat.reason ?? pat.status,
      validDays: window.valid_days,
      nonWear: quality.non_wear_minutes,
    }
  }
  const noDay = 'needs 1 valid day, the window has 0'
  const flat = 'undefined for a series without variance'
  const still = 'undefined where nothing moved'

  it.each([
    [
      'a constant week',
      filled(10_080, 5),
      {
        told: [flat, flat, 'value', 'value'],
        pat: 'the observed minutes do not vary',
        validDays: 7,
        nonWear: 0,
      },
    ],
    [
      'an all-zero week',
      filled(10_080, 0),
      {
        told: [flat, flat, still, 'value'],
        pat: 'the observed minutes do not vary',
        validDays: 7,
        nonWear: 10_080,
      },
    ],
    [
      'a week without an observed minute',
      filled(10_080, null),
      {
        told: [noDay, noDay, noDay, noDay],
        pat: 'needs 4 valid days, the window has 0',
        validDays: 0,
        nonWear: 0,
      },
    ],
    [
      'one minute',
      [3],
      {
        told: [noDay, noDay, noDay, noDay],
        pat: 'needs 10080 minutes, the request has 1',
        validDays: 0,
        nonWear: 0,
      },
    ],
    [
      'two hours',
      activityWeek(600).slice(480),
      {
        told: [noDay, noDay, noDay, noDay],
        pat: 'needs 10080 minutes, the request has 120',
        validDays: 0,
        nonWear: 0,
      },
    ],
    [
      '20160 minutes',
      activityWeek(20_160),
      { told: ['value', 'value', 'value', 'value'], pat: 'computed', validDays: 14, nonWear: 14 * 480 },
    ],
  ])('%s', async (_title, series, expected) => {
    expect(await outcomes(series)).toEqual(expected)
  })

  it.each([1, 2, 3, 4, 5, 6, 7])('a week of which %i days are valid', async (days) => {
    const series = activityWeek().map((value, minute) => (minute < days * 1440 ? value : null))
    const few = days < 2 ? 'needs 2 valid days, the window has 1' : 'value'
    expect(await outcomes(series)).toEqual({
      told: [few, 'value', 'value', 'value'],
      pat: days < 4 ? `needs 4 valid days, the window has ${days}` : 'computed',
      validDays: days,
      nonWear: 480 * days,
    })
  })
})
