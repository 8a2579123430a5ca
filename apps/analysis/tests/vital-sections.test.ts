import type { Analysis } from '@clarity/contracts'
import type { Sample } from '@clarity/health-data'
import { baselineDeviations } from '../src/measures/baseline-comparison.ts'
import { windowRedFlags } from '../src/measures/red-flags.ts'
import { stepGrid } from '../src/measures/step-grid.ts'
import { vitalSections } from '../src/measures/vital-sections.ts'
import { windowReadings } from '../src/measures/window-readings.ts'
import { hourly, inputOf, sample } from './measure-fixtures.ts'

const march = (day: number) => `2026-03-${String(day).padStart(2, '0')}`
const at = (day: number, clock: string) => `${march(day)}T${clock}:00Z`
const spot = (type: string, [day, clock, value]: readonly [number, string, number | null]) =>
  sample(at(day, clock), at(day, clock), { type, value, id: `${type} ${day} ${clock}` })
const spots = (type: string, ...readings: readonly (readonly [number, string, number | null])[]) =>
  readings.map((reading) => spot(type, reading))
const WEEK = [8, 9, 10, 11, 12, 13, 14]
const worn = (...days: number[]) => days.flatMap((day) => hourly(march(day), [8, 20]))
/** Sleep from 23:00 of the day before to 07:00, in bed from 22:40. */
const nights = (...days: number[]) =>
  days.flatMap((day) =>
    (
      [
        [at(day - 1, '22:40'), at(day, '07:00'), 0],
        [at(day - 1, '23:00'), at(day, '03:00'), 3],
        [at(day, '03:00'), at(day, '03:06'), 2],
        [at(day, '03:06'), at(day, '07:00'), 5],
      ] as const
    ).map(([start, end, value]) =>
      sample(start, end, { type: 'sleep_analysis', value, id: `sleep ${start} ${value}` }),
    ),
  )

async function analysed(...groups: Sample[][]) {
  const input = (await inputOf(groups.flat()))!
  const readings = windowReadings(input)
  const validDays = input.days.filter(({ details }) => Number(details?.observed_hours) >= 10)
  return {
    ...(vitalSections(input, { recording: stepGrid(input), readings, validDays }) as Analysis),
    ...windowRedFlags(input, readings),
    deviations: baselineDeviations(validDays, input.baseline),
  }
}

describe('the sections of vital signs', () => {
  it('hold a reason for every measure of steps alone, and no section of what nobody measured', async () => {
    const { sleep, heart, hrv, respiration, oxygen, ...rest } = await analysed(worn(...WEEK))
    const leaves = [sleep, heart, hrv, respiration, oxygen].flatMap((section) => Object.values(section))
    expect(leaves.filter(({ value, reason }) => value !== null || !reason)).toEqual([])
    expect(rest).not.toHaveProperty('temperature')
    expect(rest).not.toHaveProperty('blood_pressure')
    expect(rest).not.toHaveProperty('glucose')
    expect(rest).not.toHaveProperty('fitness')
  })

  it('tell sleep by the stages, the evening before the window included', async () => {
    const { sleep } = await analysed(worn(...WEEK), nights(...WEEK))
    expect(sleep).toMatchObject({
      asleep_per_night: { value: 474 },
      latency: { value: 20 },
      awake_after_onset: { value: 6 },
      awakenings: { value: 1 },
      long_awakenings: { value: 1 },
      efficiency: { value: 94.8, unit: '%' },
      onset_time: { value: '23:00', unit: 'local time' },
      waking_time: { value: '07:00' },
      onset_spread: { value: 0 },
      social_jet_lag: { value: 0 },
      regularity_index: { value: 100 },
      own_need: { value: null, reason: 'needs 4 nights before free days, there are 2' },
    })
  })

  it('tell trends over window and baseline with an interval', async () => {
    const days = [2, 3, 4, 5, 6, 7, ...WEEK]
    const sdnn = days.map((day) => spot('heart_rate_variability_sdnn', [day, '02:00', 40 + day]))
    const { hrv } = await analysed(worn(...days), nights(...days), sdnn)
    expect(hrv.night_sdnn?.value).toBe(51)
    for (const name of ['night_sdnn_trend', 'night_sdnn_trend_low', 'night_sdnn_trend_high'])
      expect(hrv[name]).toMatchObject({ unit: 'ms/week', value: expect.closeTo(7, 6) })
  })

  it('hold pressure, glucose, temperature and fitness where they were measured', async () => {
    const sections = await analysed(
      worn(...WEEK),
      spots('blood_pressure_systolic', [9, '08:00', 120], [9, '09:00', 130]),
      spots('blood_pressure_diastolic', [9, '08:00', 80], [9, '09:00', 84]),
      spots('blood_glucose', [9, '08:00', 95]),
      spots('body_temperature', [9, '08:00', 36.8]),
      spots('vo2_max', [9, '08:00', 41]),
    )
    expect(sections.blood_pressure).toMatchObject({
      readings: { value: 2, unit: 'measurements' },
      systolic: { value: 125, unit: 'mmHg' },
      diastolic: { value: 82 },
    })
    expect(sections.glucose).toMatchObject({
      mean: { value: 95, unit: 'mg/dL' },
      share_below_70: { value: null, reason: 'too few readings' },
    })
    expect(sections.temperature?.body).toMatchObject({ value: 36.8, unit: '°C' })
    expect(sections.fitness).toMatchObject({ vo2_max: { value: 41 }, vo2_max_trend: { value: null } })
  })

  it('tell recovery after a workout, by the device’s own figure where there is one', async () => {
    const workout = sample(at(9, '18:00'), at(9, '18:30'), { type: 'workout', value: 30, id: 'workout' })
    const rates = spots('heart_rate', [9, '18:30', 160], [9, '18:31', 131])
    const own = spots('heart_rate_recovery_one_minute', [9, '18:31', 33])
    const of = async (...samples: Sample[][]) => (await analysed(worn(...WEEK), ...samples)).heart
    expect((await of([workout], rates)).recovery_one_minute).toMatchObject({ value: 29 })
    expect((await of([workout], rates, own)).recovery_one_minute).toMatchObject({ value: 33 })
    expect((await of(rates)).recovery_one_minute).toMatchObject({
      value: null,
      reason: 'no workout was recorded',
    })
  })
})

describe('cadence', () => {
  it('is told where steps come minute by minute', async () => {
    const brisk = Array.from({ length: 30 }, (_, minute) => {
      const clock = (of: number) => `2026-03-10T10:${String(of).padStart(2, '0')}:00Z`
      return sample(clock(minute), clock(minute + 1), { value: 110, id: `brisk ${minute}` })
    })
    const { activity } = await analysed(worn(...WEEK), brisk)
    expect(activity.brisk_walking_minutes?.value).toBeCloseTo(29 / 7, 9)
  })

  it('is unknown where they come in longer spans, and where no day is valid', async () => {
    const long = sample(at(10, '10:00'), at(10, '10:50'), { value: 5000, id: 'long' })
    const spans = await analysed(worn(...WEEK), [long])
    expect(spans.activity.brisk_walking_minutes).toMatchObject({
      value: null,
      reason: 'most steps came in spans longer than a minute, which hide the cadence',
    })
    const thin = await analysed(hourly(march(9), [8, 12]))
    expect(thin.activity.brisk_walking_minutes).toMatchObject({
      value: null,
      reason: 'no day of the window is valid',
    })
  })
})

describe('what stands out and what is flagged', () => {
  const month = Array.from({ length: 21 }, (_, index) => index + 1)
  const resting = (rate: (day: number) => number) =>
    month.map((day) => spot('resting_heart_rate', [day, '12:00', rate(day)]))

  it('is told against the person’s own days before the window', async () => {
    const { deviations, flags, examined } = await analysed(
      worn(...month),
      resting((day) => (day > 14 ? 70 : 56 + (day % 4))),
    )
    expect(deviations[0]).toMatchObject({
      measure: 'heart.resting_rate',
      window_median: 70,
      baseline_days: 14,
      stands_out: true,
    })
    expect(flags).toMatchObject([{ code: 'resting_heart_rate_above_own', value: 70, unit: '/min' }])
    expect(examined).toContain('resting_heart_rate_below_own')
  })

  it('is nothing where the week is like the others', async () => {
    const { deviations, flags } = await analysed(
      worn(...month),
      resting((day) => 56 + (day % 4)),
    )
    expect(deviations.filter(({ stands_out }) => stands_out)).toEqual([])
    expect(flags).toEqual([])
  })

  it('reads the window’s own readings alone', async () => {
    const low = ['10:00', '10:02', '10:04', '10:06'].map((clock) => [clock, 86] as const)
    const oxygen = (day: number) =>
      low.map(([clock, value]) => spot('oxygen_saturation', [day, clock, value]))
    const code = 'oxygen_below_90_sustained'
    expect((await analysed(worn(...WEEK), oxygen(9))).flags).toMatchObject([{ code, value: 86 }])
    expect((await analysed(worn(...WEEK), oxygen(3))).examined).not.toContain(code)
  })

  it('counts notifications, which carry no value', async () => {
    const event = spots('irregular_heart_rhythm_event', [9, '08:00', null])
    const { flags, heart } = await analysed(worn(...WEEK), event)
    expect(flags).toMatchObject([{ code: 'irregular_rhythm_notified', value: 1, unit: 'events' }])
    expect(heart.irregular_rhythm_events).toMatchObject({ value: 1 })
  })
})
