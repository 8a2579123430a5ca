import type { DatedVitals, DayFigure } from '../day-figures.ts'
import { MONDAY, everyMinutes, readingsOf } from '../testing/readings-of.ts'
import type { Evidence } from './red-flag.ts'
import { RED_FLAG_RULES, examineRedFlags } from './red-flag-rules.ts'

const NOTHING: Evidence = {
  heartRate: [],
  active: [],
  asleep: [],
  oxygen: [],
  pressures: [],
  glucose: [],
  bodyTemperature: [],
  irregularRhythm: [],
  days: [],
  baselineDays: [],
}
const span = (from: number, to: number) => ({ start: MONDAY + from * 60_000, end: MONDAY + to * 60_000 })
const days = (figure: DayFigure, values: readonly (number | null)[]): DatedVitals[] =>
  values.map((value, index) => ({ date: `day-${index}`, vitals: value === null ? {} : { [figure]: value } }))
const pressure = (minute: number, systolic: number, diastolic: number) => ({
  at: MONDAY + minute * 60_000,
  systolic,
  diastolic,
})
const repeat = (count: number, value: number): number[] => new Array<number>(count).fill(value)
const RESTING = days(
  'resting_heart_rate',
  Array.from({ length: 28 }, (_, day) => 56 + (day % 5)),
)
const BREATHING = days('night_respiratory_rate', repeat(14, 14.5))
const NIGHT = [span(-600, -500)]

type Case = readonly [name: string, code: string, evidence: Partial<Evidence>, value: number]

const RAISED: readonly Case[] = [
  [
    'saturation at 89 and below for five minutes',
    'oxygen_below_90_sustained',
    { oxygen: everyMinutes(1, [96, 89, 88, 89, 87, 88, 89, 95]) },
    89,
  ],
  [
    'two pressures of 180 and above',
    'blood_pressure_180_120_repeated',
    { pressures: [pressure(0, 184, 100), pressure(5, 181, 98)] },
    181,
  ],
  [
    'two diastolics of 120 and above',
    'blood_pressure_180_120_repeated',
    { pressures: [pressure(0, 170, 121), pressure(600, 171, 120)] },
    171,
  ],
  ['a finger prick below 54', 'glucose_below_54', { glucose: readingsOf([0, 53], [400, 90]) }, 53],
  [
    'a sensor below 54 for fifteen minutes',
    'glucose_below_54',
    { glucose: everyMinutes(5, [60, 52, 50, 51, 53, 60]) },
    53,
  ],
  [
    'a sensor above 250 for two hours',
    'glucose_above_250_sustained',
    { glucose: everyMinutes(15, [200, ...repeat(9, 260), 200]) },
    260,
  ],
  [
    'notifications of an irregular rhythm',
    'irregular_rhythm_notified',
    { irregularRhythm: readingsOf([0, 0], [9, 0]) },
    2,
  ],
  [
    'ten minutes at 131 and above at rest',
    'heart_rate_high_at_rest',
    { heartRate: everyMinutes(5, [80, 133, 131, 135, 90]) },
    131,
  ],
  [
    'ten minutes at 40 and below awake',
    'heart_rate_low_at_rest',
    { heartRate: everyMinutes(5, [60, 39, 40, 38, 60]), asleep: NIGHT },
    40,
  ],
  [
    'three days far above the own resting rate',
    'resting_heart_rate_above_own',
    { baselineDays: RESTING, days: days('resting_heart_rate', [58, 69, null, 70, 71, 58]) },
    70,
  ],
  [
    'three days far below the own resting rate',
    'resting_heart_rate_below_own',
    { baselineDays: RESTING, days: days('resting_heart_rate', [47, 46, 45]) },
    46,
  ],
  [
    'two nights at 25 breaths',
    'respiratory_rate_high',
    { days: days('night_respiratory_rate', [15, 25, 26]) },
    25.5,
  ],
  [
    'two nights at 8 breaths',
    'respiratory_rate_low',
    { days: days('night_respiratory_rate', [8, 7.5]) },
    7.75,
  ],
  [
    'two nights three breaths above the own mean',
    'respiratory_rate_above_own',
    { baselineDays: BREATHING, days: days('night_respiratory_rate', [14, 17.5, 18]) },
    17.75,
  ],
  [
    '39.1 °C twice',
    'body_temperature_high_repeated',
    { bodyTemperature: readingsOf([0, 39.1], [60, 39.3]) },
    39.3,
  ],
  [
    '35.0 °C twice',
    'body_temperature_low_repeated',
    { bodyTemperature: readingsOf([0, 35], [60, 34.9]) },
    34.9,
  ],
]

const QUIET: readonly Case[] = [
  [
    'one low saturation',
    'oxygen_below_90_sustained',
    { oxygen: everyMinutes(1, [96, 96, 96, 80, 96, 96, 96]) },
    0,
  ],
  ['saturation of exactly 90', 'oxygen_below_90_sustained', { oxygen: everyMinutes(1, repeat(10, 90)) }, 0],
  [
    'one pressure of 190',
    'blood_pressure_180_120_repeated',
    { pressures: [pressure(0, 190, 110), pressure(5, 150, 90)] },
    0,
  ],
  [
    'the same high pressure within a minute',
    'blood_pressure_180_120_repeated',
    { pressures: [pressure(0, 190, 110), pressure(0.5, 190, 110)] },
    0,
  ],
  [
    'high pressures two days apart',
    'blood_pressure_180_120_repeated',
    { pressures: [pressure(0, 190, 110), pressure(2880, 190, 110)] },
    0,
  ],
  [
    'a sensor below 54 for five minutes',
    'glucose_below_54',
    { glucose: everyMinutes(5, [60, 53, 52, 60]) },
    0,
  ],
  ['glucose of exactly 54', 'glucose_below_54', { glucose: readingsOf([0, 54]) }, 0],
  [
    'a sensor above 250 for an hour',
    'glucose_above_250_sustained',
    { glucose: everyMinutes(15, [...repeat(5, 260), ...repeat(8, 200)]) },
    0,
  ],
  [
    'a fast heart between slower readings',
    'heart_rate_high_at_rest',
    { heartRate: everyMinutes(5, [80, 140, 90, 140, 80]) },
    0,
  ],
  [
    'a slow heart in sleep',
    'heart_rate_low_at_rest',
    {
      heartRate: [...everyMinutes(5, repeat(9, 38)), ...everyMinutes(5, repeat(9, 60), 60)],
      asleep: [span(-60, 50)],
    },
    0,
  ],
  [
    'a resting rate far above for two days',
    'resting_heart_rate_above_own',
    { baselineDays: RESTING, days: days('resting_heart_rate', [70, 70, 58, 70]) },
    0,
  ],
  [
    'a resting rate nine above',
    'resting_heart_rate_above_own',
    { baselineDays: RESTING, days: days('resting_heart_rate', repeat(7, 67)) },
    0,
  ],
  [
    'one night of 26 breaths',
    'respiratory_rate_high',
    { days: days('night_respiratory_rate', [26, 15, 26]) },
    0,
  ],
  [
    'two nights 2.9 breaths above',
    'respiratory_rate_above_own',
    { baselineDays: BREATHING, days: days('night_respiratory_rate', [17.4, 17.4]) },
    0,
  ],
]

const UNEXAMINED: readonly Case[] = [
  [
    'saturations half an hour apart',
    'oxygen_below_90_sustained',
    { oxygen: everyMinutes(30, [80, 80, 80]) },
    0,
  ],
  ['one blood pressure', 'blood_pressure_180_120_repeated', { pressures: [pressure(0, 190, 130)] }, 0],
  [
    'a heart rate that is fast while walking',
    'heart_rate_high_at_rest',
    { heartRate: everyMinutes(5, repeat(7, 150)), active: [span(0, 30)] },
    0,
  ],
  [
    'a fast heart within ten minutes of a walk',
    'heart_rate_high_at_rest',
    { heartRate: everyMinutes(3, repeat(4, 150), 1), active: [span(0, 0)] },
    0,
  ],
  [
    'fast readings on both sides of a walk',
    'heart_rate_high_at_rest',
    { heartRate: everyMinutes(6, repeat(2, 150)), active: [span(2, 2)] },
    0,
  ],
  [
    'a slow heart of who records no sleep',
    'heart_rate_low_at_rest',
    { heartRate: everyMinutes(5, repeat(9, 38)) },
    0,
  ],
  [
    'a resting rate with a baseline of 13 days',
    'resting_heart_rate_above_own',
    { baselineDays: RESTING.slice(0, 13), days: days('resting_heart_rate', repeat(7, 80)) },
    0,
  ],
  [
    'breathing with a baseline of 13 nights',
    'respiratory_rate_above_own',
    { baselineDays: BREATHING.slice(1), days: days('night_respiratory_rate', repeat(7, 20)) },
    0,
  ],
  ['readings that are no numbers', 'glucose_below_54', { glucose: readingsOf([0, NaN], [1, -40]) }, 0],
]

const examine = (evidence: Partial<Evidence>) => examineRedFlags({ ...NOTHING, ...evidence })

describe('a red flag', () => {
  it.each(RAISED)('is raised by %s', (_, code, evidence, value) => {
    const { flags, examined } = examine(evidence)
    expect(flags).toContainEqual(expect.objectContaining({ code, value }))
    expect(examined).toContain(code)
  })

  it.each(QUIET)('is not raised by %s', (_, code, evidence) => {
    const { flags, examined } = examine(evidence)
    expect(flags.map((flag) => flag.code)).not.toContain(code)
    expect(examined).toContain(code)
  })

  it.each(UNEXAMINED)('is not looked for in %s', (_, code, evidence) => {
    const { flags, examined } = examine(evidence)
    expect(flags.map((flag) => flag.code)).not.toContain(code)
    expect(examined).not.toContain(code)
  })

  it('is not looked for in nothing', () => {
    expect(examine({})).toEqual({ flags: [], examined: [] })
  })

  it('has a case for every rule', () => {
    const raised = new Set(RAISED.map(([, code]) => code))
    expect(RED_FLAG_RULES.map(({ code }) => code).filter((code) => !raised.has(code))).toEqual([])
  })

  it('names measure, unit and publication, and no condition', () => {
    for (const { title, measure, unit, citation } of RED_FLAG_RULES) {
      expect(measure).toMatch(/^[a-z_]+\.[a-z_]+$/)
      expect(unit).not.toBe('')
      expect(citation).toMatch(/\d{4}|American Diabetes Association/)
      expect(title).not.toMatch(/hypo|hyper|cardia|fibrill|apn|fever|crisis|diagnos|disease/i)
    }
  })
})
