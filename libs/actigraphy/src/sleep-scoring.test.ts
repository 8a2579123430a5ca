import { activityCounts } from './activity-counts.ts'
import { SLEEP_SCORING_METHODS, type SleepScoringMethod, scoreSleepWake } from './sleep-scoring.ts'
import { formatSleepWake, sleepShare } from './sleep-wake.ts'

const counts = (values: number[], scale = { divisor: 2, cap: 300 }) =>
  activityCounts({ minutes: Float64Array.from(values), startMinuteOfDay: 61 }, scale)

describe('scoring by name', () => {
  it.each(SLEEP_SCORING_METHODS)('%s says its name, its scale and its first clock minute', (method) => {
    expect(scoreSleepWake(counts([0, 500, 0]), method)).toMatchObject({
      method,
      scale: { divisor: 2, cap: 300 },
      startMinuteOfDay: 61,
    })
  })

  it('says no to another name', () => {
    const method = 'toString' as SleepScoringMethod
    expect(() => scoreSleepWake(counts([0]), method)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        details: expect.objectContaining({ code: 'scoring_method' }),
      }),
    )
  })

  it('shares out sleep over the scored minutes alone', () => {
    const scored = scoreSleepWake(counts([0, 9000, NaN, NaN]), 'oakley-1997-40')!
    expect(formatSleepWake(scored)).toBe('00--')
    expect(sleepShare(scored)).toBe(0)
    expect(sleepShare(scoreSleepWake(counts([NaN]), 'scripps-2010')!)).toBeNull()
  })
})
