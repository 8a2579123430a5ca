import { WEEK_MINUTES } from './architecture.ts'
import { standardiseAgainst } from './reference-activity.ts'

const week = <T>(value: (minute: number) => T): T[] =>
  Array.from({ length: WEEK_MINUTES }, (_, minute) => value(minute))
const reference = { mean: week((minute) => minute), sd: week((minute) => (minute % 2 ? 4 : 2)) }
const fromMidnight = (minute: number) => minute % 1440

describe('standardiseAgainst', () => {
  it('takes each minute from the mean and deviation of that minute', () => {
    const activity = week((minute) => minute + 4)
    const { values, imputedShare } = standardiseAgainst(reference, { activity, clockMinuteOf: fromMidnight })
    expect([...values!]).toEqual(week((minute) => (minute % 2 ? 1 : 2)))
    expect(imputedShare).toBe(0)
  })

  it('enters unobserved minutes as 0 afterwards', () => {
    const activity = week((minute) => (minute < 5040 ? null : minute + 4))
    const { values, imputedShare } = standardiseAgainst(reference, { activity, clockMinuteOf: fromMidnight })
    expect([values![5039], values![5040], values![5041], imputedShare]).toEqual([0, 2, 1, 0.5])
  })

  it('keeps to the clock where the week begins after midnight', () => {
    const activity = week((minute) => ((minute + 600) % WEEK_MINUTES) + 4)
    const { values } = standardiseAgainst(reference, {
      activity,
      clockMinuteOf: (minute) => (minute + 600) % 1440,
    })
    expect([...values!]).toEqual(week((minute) => (minute % 2 ? 1 : 2)))
  })

  it.each([
    ['forward', 60],
    ['back', -60],
  ])('keeps to the clock where it goes %s', (_direction, shift) => {
    const placeOf = (minute: number) => minute + WEEK_MINUTES + 1380 + (minute < 70 ? 0 : shift)
    const activity = week((minute) => (placeOf(minute) % WEEK_MINUTES) + 4)
    const clockMinuteOf = (minute: number) => placeOf(minute) % 1440
    const { values } = standardiseAgainst(reference, { activity, clockMinuteOf })
    expect([...values!]).toEqual(week((minute) => (minute % 2 ? 1 : 2)))
  })

  it('has no value where a minute lies beyond what the encoder’s numbers hold', () => {
    const activity = week((minute) => (minute === 7 ? 1e300 : minute))
    const { values, reason } = {
      reason: '',
      ...standardiseAgainst(reference, { activity, clockMinuteOf: fromMidnight }),
    }
    expect([values, reason]).toEqual([undefined, 'out-of-range'])
  })

  it.each([
    [null, 'no-data', 1],
    [0, 'no-variance', 0],
  ])('has no value for a week of nothing but %p', (value, reason, imputedShare) => {
    expect(
      standardiseAgainst(reference, { activity: week(() => value), clockMinuteOf: fromMidnight }),
    ).toEqual({
      values: undefined,
      reason,
      imputedShare,
    })
  })
})
