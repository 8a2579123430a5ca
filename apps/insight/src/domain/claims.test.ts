import { claimsIn } from './claims.ts'

const amounts = (text: string) =>
  claimsIn(text).map((claim) =>
    claim.kind === 'amount'
      ? [claim.value, claim.dimension?.kind ?? claim.noun ?? '']
      : [claim.kind === 'time' ? claim.time : claim.kind, claim.text],
  )

describe('claimsIn', () => {
  test.each<[string, unknown[]]>([
    ['Nothing is counted here.', []],
    ['It was 0.92.', [[0.92, '']]],
    ['It was 92 %.', [[92, 'percent']]],
    ['It was 92% of the time', [[92, 'percent']]],
    ['It was 92 per cent', [[92, 'percent']]],
    [
      '7 of 7 days',
      [
        [7, 'days'],
        [7, 'days'],
      ],
    ],
    [
      '6/7 days',
      [
        [6, 'days'],
        [7, 'days'],
      ],
    ],
    [
      'six out of seven nights',
      [
        [6, 'days'],
        [7, 'days'],
      ],
    ],
    ['You moved 8,123 steps', [[8123, 'count']]],
    ['You moved 8\u202f123 steps', [[8123, 'count']]],
    ['1,234,567.8 steps', [[1234567.8, 'count']]],
    [
      '55–60 bpm',
      [
        [55, 'per-minute'],
        [60, 'per-minute'],
      ],
    ],
    [
      'between 55 and 60 beats per minute',
      [
        [55, 'per-minute'],
        [60, 'per-minute'],
      ],
    ],
    ['14.2 breaths a minute', [[14.2, 'per-minute']]],
    ['7 h 12 min', [[432, 'time']]],
    ['7 hours and 12 minutes', [[432, 'time']]],
    ['7h12m', [[432, 'time']]],
    ['a 30-minute nap', [[30, 'time']]],
    ['twenty-five minutes', [[25, 'time']]],
    ['eight hours', [[8, 'time']]],
    ['42 ms', [[42, 'time']]],
    [
      'changed by -3 ms and by −4 ms',
      [
        [-3, 'time'],
        [-4, 'time'],
      ],
    ],
    ['3 awakenings', [[3, 'awakenings']]],
    ['in 2 weeks', [[2, 'ungrounded']]],
    ['<7 hours', [[7, 'time']]],
    ['(0.92, high)', [[0.92, '']]],
  ])('reads the amounts of "%s"', (text, expected) => {
    expect(amounts(text)).toEqual(expected)
  })

  test.each<[string, string]>([
    ['at 23:42', '23:42'],
    ['at 7:05', '07:05'],
    ['at 11:42 PM', '23:42'],
    ['at 12:05 a.m.', '00:05'],
    ['at 12 pm', '12:00'],
    ['around 6am', '06:00'],
  ])('reads the time of "%s"', (text, time) => {
    expect(claimsIn(text)).toMatchObject([{ kind: 'time', time }])
  })

  test.each<[string, object]>([
    ['on 2026-03-08', { month: 3, days: [8], year: 2026 }],
    ['on 8 March', { month: 3, days: [8] }],
    ['on the 8th of March 2026', { month: 3, days: [8], year: 2026 }],
    ['March 8th, 2026', { month: 3, days: [8], year: 2026 }],
    ['Mar 8', { month: 3, days: [8] }],
    ['8–14 March', { month: 3, days: [8, 14] }],
    ['March 8 to 14', { month: 3, days: [8, 14] }],
  ])('reads the date of "%s"', (text, date) => {
    expect(claimsIn(text)).toMatchObject([{ kind: 'date', ...date }])
  })

  test.each([
    'the 2nd week',
    'vitamin B12',
    'COVID19',
    'twice as much',
    'half of the days',
    'two-thirds',
    '½ hour',
    '٣ hours',
    '0,92',
    '1.2.3',
    '1e5 steps',
    '8k steps',
    '10:00:00',
    '10²',
    'a dozen times',
    'one in three adults',
    'nine out of ten people',
    'a third of your nights',
    'one-fifth of the time',
    'every other night',
  ])('says that "%s" cannot be read', (text) => {
    expect(claimsIn(text).map((claim) => claim.kind === 'amount' && claim.noun === undefined)).not.toContain(
      true,
    )
    expect(claimsIn(text).length).toBeGreaterThan(0)
  })

  test.each([
    'L5 and M10 are far apart',
    'the l5 onset',
    'SpO2 and SpO₂',
    'VO2 max, VO2max and VO₂ max',
    'your 24-hour rhythm',
    'the least active 5 hours',
    'the most active 10-hour window',
    'one of your habits',
    'one day at a time',
    'no one sleeps alike',
  ])('takes "%s" as a name, not as a claim', (text) => {
    expect(claimsIn(text)).toEqual([])
  })
})
