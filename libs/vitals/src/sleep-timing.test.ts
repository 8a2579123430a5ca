import { dailyVariation, meanOfDays } from './consistency.ts'
import { isFreeDay, ownSleepNeed, sleepDebt, socialJetLag, timingSpread } from './sleep-timing.ts'

/** Monday 2026-03-02 and the days after it. */
const from = (first: number, values: readonly number[]) =>
  values.map((value, index) => ({ date: `2026-03-${String(first + index).padStart(2, '0')}`, value }))
const WEEK = from(2, [180, 190, 185, 180, 190, 260, 250])

describe('social jet lag', () => {
  it('is the distance between mid-sleep of free and of work days', () => {
    expect(socialJetLag(WEEK).value).toBe(255 - 185)
    expect(socialJetLag(from(2, [200, 200, 200, 200, 200, 140, 140])).value).toBe(60)
    expect(socialJetLag(from(2, [200, 200, 200, 200, 200, 200, 200])).value).toBe(0)
  })

  it.each([
    ['a free night', WEEK.slice(0, 5), 'no night before a free day was recorded'],
    ['three work nights', WEEK.slice(3), 'needs 3 nights before work days, there are 2'],
    ['numbers', from(2, [NaN, NaN, NaN, NaN, NaN, NaN, NaN]), 'no night before a free day was recorded'],
  ])('is null without %s', (_, nights, reason) => {
    expect(socialJetLag(nights)).toEqual({ value: null, reason })
  })

  it('takes Saturday and Sunday for free', () => {
    expect(WEEK.map(({ date }) => isFreeDay(date))).toEqual([false, false, false, false, false, true, true])
  })
})

describe('the spread of times', () => {
  it('is their standard deviation', () => {
    expect(timingSpread([-30, 0, 30]).value).toBe(30)
    expect(timingSpread([10, 10, 10, NaN]).value).toBe(0)
  })

  it('needs three nights', () => {
    expect(timingSpread([1, 2])).toEqual({ value: null, reason: 'needs 3 nights, there are 2' })
  })
})

describe('sleep debt', () => {
  const need = ownSleepNeed([...from(7, [480, 470]), ...from(14, [500, 490]), ...from(2, [300, 300])])

  it('is what recorded nights fall short of the person’s own need', () => {
    expect(need.value).toBe(485)
    expect(sleepDebt([400, 410, 420, 430, 480], need).value).toBe(285)
    expect(sleepDebt([500, 500, 500, 500, 500], need).value).toBe(-75)
  })

  it('is null without a need, and with fewer than five nights', () => {
    const unknown = ownSleepNeed(from(7, [480, 470]))
    expect(unknown).toEqual({ value: null, reason: 'needs 4 nights before free days, there are 2' })
    expect(sleepDebt([400, 400, 400, 400, 400], unknown).reason).toBe(
      `the own need is not known: ${unknown.reason}`,
    )
    expect(sleepDebt([400, 400, 400, 400, NaN], need)).toEqual({
      value: null,
      reason: 'needs 5 nights, there are 4',
    })
  })
})

describe('the variation of a daily amount', () => {
  it.each([
    [[8000, 8000, 8000], 0],
    [[6000, 8000, 10_000], 25],
  ])('of %j is %d %%', (amounts, variation) => {
    expect(dailyVariation(amounts).value).toBeCloseTo(variation, 12)
  })

  it.each([
    [[], 'needs 3 days, there are 0'],
    [[1, 2, NaN], 'needs 3 days, there are 2'],
    [[0, 0, 0], 'undefined where every day is zero'],
  ])('of %j is null', (amounts, reason) => {
    expect(dailyVariation(amounts)).toEqual({ value: null, reason })
  })

  it('is told apart by weekdays and weekend', () => {
    expect(meanOfDays(WEEK, 'weekdays').value).toBe(185)
    expect(meanOfDays(WEEK, 'weekend').value).toBe(255)
    expect(meanOfDays(WEEK.slice(0, 5), 'weekend').value).toBeNull()
  })
})
