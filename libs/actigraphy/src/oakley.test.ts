import { activityCounts } from './activity-counts.ts'
import { type OakleyThreshold, automaticWakeThreshold, oakley } from './oakley.ts'
import { formatSleepWake } from './sleep-wake.ts'

const counts = (values: number[]) =>
  activityCounts({ minutes: Float64Array.from(values), startMinuteOfDay: 0 })
const single = (count: number) => counts([0, 0, 0, count, 0, 0, 0])

describe('Oakley scoring', () => {
  // Around one movement: 0.04, 0.2, 1, 0.2 and 0.04 of it, sleep up to and including the threshold.
  it.each<[OakleyThreshold, number, string]>([
    [20, 20, '1111111'],
    [20, 21, '1110111'],
    [20, 100, '1110111'],
    [20, 101, '1100011'],
    [20, 501, '1000001'],
    [40, 40, '1111111'],
    [40, 41, '1110111'],
    [40, 201, '1100011'],
    [80, 80, '1111111'],
    [80, 2000, '1100011'],
    [80, 2001, '1000001'],
  ])('with threshold %s, one minute of %d counts scores %s', (threshold, count, expected) => {
    expect(formatSleepWake(oakley(single(count), threshold)!)).toBe(expected)
  })

  it('takes 0.88888 of the mean over mobile minutes for the automatic threshold', () => {
    expect(automaticWakeThreshold(counts([0, 3, 4, 13, NaN]))).toBeCloseTo((0.88888 * 20) / 2, 12)
    expect(oakley(counts([0, 0, 40, 0, 0]), 'automatic')).toMatchObject({ method: 'oakley-1997-automatic' })
  })

  it('has no automatic threshold where no minute is mobile, and then no scoring', () => {
    expect(automaticWakeThreshold(counts([0, 3, NaN]))).toBeNull()
    expect(oakley(counts([0, 3, NaN]), 'automatic')).toBeNull()
    expect(oakley(counts([]), 'automatic')).toBeNull()
  })
})
