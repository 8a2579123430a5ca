import { attentionByHour } from './attention-by-hour.ts'

const DAY = 1440
const startingAt = (clockMinute: number) => (minute: number) => (clockMinute + minute) % DAY

describe('attentionByHour', () => {
  it.each([560, 1120])('gives every hour the same where %d patches are alike', (patches) => {
    const hours = attentionByHour(new Float32Array(patches).fill(1 / patches), startingAt(0))
    expect(hours).toEqual(Array(24).fill(0.041667))
  })

  it('splits a patch that reaches over the full hour', () => {
    const attention = new Float32Array(560)
    attention[3] = 1 // minutes 54 to 71
    const hours = attentionByHour(attention, startingAt(0))
    expect(hours.slice(0, 3)).toEqual([0.333333, 0.666667, 0])
  })

  it('goes by the clock of the first minute', () => {
    const attention = new Float32Array(560)
    attention[0] = 0.5
    attention[80] = 0.5 // a day later
    expect(attentionByHour(attention, startingAt(23 * 60 + 51))[23]).toBe(0.5)
    expect(attentionByHour(attention, startingAt(23 * 60 + 51))[0]).toBe(0.5)
    expect(attentionByHour(attention, startingAt(13 * 60))[13]).toBe(1)
  })

  it('follows a clock that changes within the week', () => {
    const attention = new Float32Array(560)
    attention[80] = 1 // a day after the first minute
    const hours = attentionByHour(attention, (minute) => (minute + (minute < 120 ? 0 : 60)) % DAY)
    expect([hours[0], hours[1]]).toEqual([0, 1])
  })
})
