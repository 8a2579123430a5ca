import { flutterHealth } from './flutter-health.ts'
import { detectShape } from './index.ts'
import { readWith } from '../tests/read-with.ts'

const point = {
  uuid: '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE',
  value: { __type: 'NumericHealthValue', numericValue: 61 },
  type: 'HEART_RATE',
  unit: 'BEATS_PER_MINUTE',
  dateFrom: '2025-03-01T05:00:00.000',
  dateTo: '2025-03-01T06:00:00.000',
  sourcePlatform: 'appleHealth',
  sourceDeviceId: '756B1A7A-C972-4BDB-9748-0D4749CF299C',
  sourceId: 'com.apple.health.A',
  sourceName: 'Sam’s Apple Watch',
  recordingMethod: 'automatic',
  deviceModel: 'Watch6,7',
}
const numeric = (type: string, numericValue: unknown, unit: string, more: object = {}) => ({
  ...point,
  type,
  unit,
  value: { __type: 'NumericHealthValue', numericValue },
  ...more,
})
const newYork = { uploadTimezone: 'America/New_York' }
const read = (root: unknown, more: object = newYork) => readWith(flutterHealth, root, more)
const summary = (root: unknown) => read(root).samples.map(({ type, value, unit }) => [type, value, unit])
const at = (text: string) => Date.parse(text)

describe('Flutter health', () => {
  it.each([
    [[point]],
    [{ healthData: [point] }],
    [point],
    [[{ sensorStartTime: 1, data: point }]],
    [{ data: { points: [point], tags: ['a'] } }],
    [[{ type: 'STEPS' }, point]],
  ])('is known as %#', (root) => {
    expect(detectShape(root)).toBe(flutterHealth)
    expect(read(root).samples).toMatchObject([{ type: 'heart_rate', value: 61 }])
  })

  it('reads types and units in capitals, percent as fractions, numbers as texts', () => {
    expect(
      summary([
        numeric('STEPS', '165.0', 'COUNT'),
        numeric('BLOOD_OXYGEN', 0.96, 'PERCENT'),
        numeric('HealthDataType.SLEEP_WRIST_TEMPERATURE', 36, 'HealthDataUnit.DEGREE_CELSIUS'),
        numeric('WEIGHT', 71, 'KILOGRAM'),
        numeric('WALKING_HEART_RATE', 99, 'BEATS_PER_MINUTE'),
        numeric('HEART_RATE_VARIABILITY_SDNN', 31, 'MILLISECOND'),
        numeric('EXERCISE_TIME', 1, 'MINUTE'),
        numeric('APPLE_STAND_TIME', 120, 'SECOND'),
        numeric('BODY_MASS_INDEX', 22, 'NO_UNIT'),
        numeric('DIETARY_CARBS_CONSUMED', 30, 'GRAM'),
        numeric('DIETARY_CAFFEINE', 0.1, 'GRAM'),
        numeric('WATER', 0.5, 'LITER'),
        numeric('WALKING_SPEED', 1.2, 'METER_PER_SECOND'),
        numeric('MINDFULNESS', 10, 'MINUTE'),
      ]),
    ).toEqual([
      ['step_count', 165, 'count'],
      ['oxygen_saturation', 96, '%'],
      ['apple_sleeping_wrist_temperature', 36, 'degC'],
      ['body_mass', 71, 'kg'],
      ['walking_heart_rate_average', 99, 'count/min'],
      ['heart_rate_variability_sdnn', 31, 'ms'],
      ['apple_exercise_time', 1, 'min'],
      ['apple_stand_time', 2, 'min'],
      ['body_mass_index', 22, 'count'],
      ['dietary_carbohydrates', 30, 'g'],
      ['dietary_caffeine', 100, 'mg'],
      ['dietary_water', 500, 'mL'],
      ['walking_speed', 1.2, 'm/s'],
      ['mindful_session', 0, 'code'],
    ])
  })

  it('reads local time in the zone of the upload, else of the user, else as UTC and says so', () => {
    const zones = [newYork, { userTimezone: 'Asia/Tokyo' }, {}]
    const starts = zones.map((zone) => read([point], zone).samples[0])
    expect(starts.map((sample) => sample?.start)).toEqual([
      at('2025-03-01T10:00:00Z'),
      at('2025-02-28T20:00:00Z'),
      at('2025-03-01T05:00:00Z'),
    ])
    expect(starts.map((sample) => sample?.timezone_source)).toEqual(['upload', 'user', 'none'])
  })

  it('reads the phone’s clock also where the sample was lived elsewhere', () => {
    const travelled = { ...point, metadata: { HKTimeZone: 'Europe/London' } }
    const [sample] = read([travelled]).samples
    expect(sample).toMatchObject({ start: at('2025-03-01T10:00:00Z'), timezone: 'Europe/London' })
    expect(read([travelled], {}).samples[0]?.start).toBe(at('2025-03-01T05:00:00Z'))
  })

  it('moves a time that a DST gap skips by the gap', () => {
    const skipped = { ...point, dateFrom: '2025-03-09T02:30:00.000', dateTo: '2025-03-09T03:30:00.000' }
    expect(read([skipped]).samples[0]).toMatchObject({
      start: at('2025-03-09T07:30:00Z'),
      end: at('2025-03-09T07:30:00Z'),
    })
  })

  it('takes a time that occurs twice as the first, unless the sample would end before it starts or last longer', () => {
    const repeated = (dateFrom: string, dateTo: string) => ({
      ...point,
      dateFrom: `2025-11-02T${dateFrom}`,
      dateTo: `2025-11-02T${dateTo}`,
    })
    const { samples } = read([
      repeated('01:10:00', '01:20:00'),
      repeated('01:50:00', '01:10:00'),
      repeated('01:00:00', '02:00:00'),
    ])
    expect(samples.map(({ start, end }) => [start, end])).toEqual([
      [at('2025-11-02T05:10:00Z'), at('2025-11-02T05:20:00Z')],
      [at('2025-11-02T05:50:00Z'), at('2025-11-02T06:10:00Z')],
      [at('2025-11-02T06:00:00Z'), at('2025-11-02T07:00:00Z')],
    ])
  })

  it('finds the pass of a repeated hour by the minutes that a stage of sleep lasted', () => {
    const segment = (dateFrom: string, dateTo: string, minutes: number) =>
      numeric('SLEEP_LIGHT', minutes, 'MINUTE', {
        dateFrom: `2025-11-02T${dateFrom}`,
        dateTo: `2025-11-02T${dateTo}`,
      })
    const { samples } = read([
      segment('00:40:00', '01:20:00', 40),
      segment('01:20:00', '01:05:00', 45),
      segment('01:05:00', '02:30:00', 85),
    ])
    expect(samples.map(({ end, start }) => (end - start) / 60_000)).toEqual([40, 45, 85])
    expect(samples[2]?.start).toBe(samples[1]?.end)
  })

  it('has the stage of sleep in the type and minutes in the value', () => {
    expect(
      summary(
        ['IN_BED', 'ASLEEP', 'AWAKE', 'LIGHT', 'DEEP', 'REM', 'ASLEEP_CORE'].map((stage) =>
          numeric(`SLEEP_${stage}`, 60, 'MINUTE'),
        ),
      ).map(([, value]) => value),
    ).toEqual([0, 1, 2, 3, 4, 5, 3])
    expect(summary([numeric('SLEEP_SESSION', 480, 'MINUTE')])).toEqual([['SLEEP_SESSION', 480, 'MINUTE']])
  })

  it('reads workouts, blood pressures and meals from their values', () => {
    const value = {
      __type: 'WorkoutHealthValue',
      workoutActivityType: 'RUNNING',
      totalEnergyBurned: 364,
      totalEnergyBurnedUnit: 'KILOCALORIE',
      totalDistance: 4,
      totalDistanceUnit: 'KILOMETER',
    }
    const { samples, rejections } = read([
      { ...point, type: 'WORKOUT', unit: 'NO_UNIT', value },
      {
        ...point,
        type: 'BLOOD_PRESSURE',
        unit: 'MILLIMETER_OF_MERCURY',
        value: { systolic: 120, diastolic: 'x' },
      },
      {
        ...point,
        type: 'NUTRITION',
        unit: 'NO_UNIT',
        value: {
          __type: 'NutritionHealthValue',
          name: 'Soup',
          mealType: 'LUNCH',
          calories: 200,
          sodium: 0.5,
          fat: null,
        },
      },
    ])
    expect(samples.map(({ type, value: number }) => [type, number])).toEqual([
      ['workout', null],
      ['blood_pressure_systolic', 120],
      ['food', null],
      ['dietary_energy_consumed', 200],
      ['dietary_sodium', 500],
    ])
    expect(samples[0]?.metadata).toEqual({ activity: 'running', energy_kcal: 364, distance_m: 4000 })
    expect(samples[2]).toMatchObject({ id: point.uuid, metadata: { name: 'Soup', meal_type: 'LUNCH' } })
    expect(rejections).toEqual([
      { path: '[1].value.diastolic', type: 'blood_pressure_diastolic', reason: 'is not a number' },
    ])
  })

  it('knows what a person typed in and identifies by content what has no id', () => {
    const { samples } = read([
      { ...point, recordingMethod: 'manual' },
      { ...point, is_manual_entry: true },
      { ...point, uuid: '' },
      point,
    ])
    expect(samples.map(({ user_entered }) => user_entered)).toEqual([true, true, false, false])
    expect(samples[2]?.id).toMatch(/^content:/)
    expect(samples[3]?.id).toBe(point.uuid)
  })

  it('reads the snake case of older versions and CARP’s times in UTC', () => {
    const old = {
      value: { numericValue: '61.0' },
      data_type: 'HEART_RATE',
      unit: 'BEATS_PER_MINUTE',
      date_from: '2025-03-01T05:00:00.000',
      date_to: '2025-03-01T06:00:00.000',
      platform_type: 'ios',
      device_id: 'd',
      source_id: 'com.apple.health.A',
      source_name: 'Watch',
    }
    const carp = {
      ...old,
      value: 62,
      date_from: '2025-03-01T05:00:00.000Z',
      date_to: '2025-03-01T06:00:00.000Z',
    }
    const { samples } = read([old, carp])
    expect(samples).toMatchObject([
      {
        value: 61,
        start: at('2025-03-01T10:00:00Z'),
        source: { name: 'Watch', bundle_id: 'com.apple.health.A' },
      },
      { value: 62, start: at('2025-03-01T05:00:00Z') },
    ])
    const { rejections } = read([old, { ...old, data_type: 7 }, { ...old, date_to: 'x' }])
    expect(rejections.map(({ path, reason }) => [path, reason])).toEqual([
      ['[1].data_type', 'is missing'],
      ['[2].date_to', 'is not a date'],
    ])
  })

  it('keeps what has no metric under its own name, the other measure of variability among it', () => {
    const { samples } = read([
      numeric('HEART_RATE_VARIABILITY_RMSSD', 40, 'MILLISECOND'),
      numeric('ELECTRODERMAL_ACTIVITY', 1, 'SIEMEN'),
    ])
    expect(samples).toMatchObject([
      { type: 'HEART_RATE_VARIABILITY_RMSSD', value: 40, verdict: 'unknown' },
      { type: 'ELECTRODERMAL_ACTIVITY', value: 1, verdict: 'unknown', unit_in: 'SIEMEN' },
    ])
  })
})
