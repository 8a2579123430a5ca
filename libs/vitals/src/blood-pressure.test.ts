import { pressureReadings, pressureSummary } from './blood-pressure.ts'
import { readingsOf } from './testing/readings-of.ts'

describe('blood pressure', () => {
  const readings = pressureReadings(readingsOf([60, 130], [0, 120], [0, 120]), readingsOf([0, 80], [60, 85]))

  it('is both pressures of one instant, in order of time, each once', () => {
    expect(readings.map(({ systolic, diastolic }) => [systolic, diastolic])).toEqual([
      [120, 80],
      [130, 85],
    ])
  })

  it('is summed up by means, extremes, pulse pressure and mean arterial pressure', () => {
    expect(pressureSummary(readings).value).toEqual({
      readings: 2,
      systolic: 125,
      diastolic: 82.5,
      highestSystolic: 130,
      highestDiastolic: 85,
      pulsePressure: 42.5,
      meanArterial: 82.5 + 42.5 / 3,
    })
  })

  it('has the textbook mean arterial pressure of 93 at 120 over 80', () => {
    const [first] = readings
    expect(pressureSummary([first!]).value?.meanArterial).toBeCloseTo(93.3333, 4)
  })

  it.each([
    ['a partner', readingsOf([0, 120]), readingsOf([1, 80])],
    ['a diastolic below the systolic', readingsOf([0, 80]), readingsOf([0, 80])],
    ['numbers', readingsOf([0, NaN]), readingsOf([0, -80])],
    ['readings', [], []],
  ])('is null without %s', (_, systolic, diastolic) => {
    expect(pressureSummary(pressureReadings(systolic, diastolic))).toEqual({
      value: null,
      reason: 'no blood pressure was measured',
    })
  })
})
