import { countSeries } from '../src/measures/count-series.ts'

const seriesFrom = (start: string, length: number) =>
  countSeries({ start, timezone: 'Europe/London', activity: new Array<number>(length).fill(1) })

describe('the last week of a series', () => {
  it('has the clock minutes of clocks that change within it', () => {
    const spring = seriesFrom('2026-03-29T00:30:00Z', 120).lastWeek.clockMinuteOf
    expect([0, 29, 30, 119].map(spring)).toEqual([30, 59, 120, 209])
    const autumn = seriesFrom('2026-10-25T00:30:00Z', 120).lastWeek.clockMinuteOf
    expect([0, 29, 30, 119].map(autumn)).toEqual([90, 119, 60, 149])
  })

  it('ends with the series, however long that is', () => {
    const { recording, clockMinuteOf } = seriesFrom('2026-03-22T12:00:00Z', 12_000).lastWeek
    expect([recording.minutes.length, recording.startMinuteOfDay, clockMinuteOf(0)]).toEqual([
      10_080, 1200, 1200,
    ])
    expect(clockMinuteOf(10_079)).toBe((720 + 11_999 + 60) % 1440)
  })
})
