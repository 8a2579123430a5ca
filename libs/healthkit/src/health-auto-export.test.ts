import { detectShape } from './index.ts'
import { healthAutoExport } from './health-auto-export.ts'
import { readWith } from '../tests/read-with.ts'

const at = (text: string) => Date.parse(text)
const date = '2025-03-08 09:08:00 -0500'
const metric = (name: string, units: string, ...data: unknown[]) => ({ name, units, data })
const read = (...metrics: unknown[]) => readWith(healthAutoExport, { data: { metrics } })

describe('Health Auto Export', () => {
  it.each([[{ data: { metrics: [] } }], [{ data: { workouts: [] } }], [{ data: { stateOfMind: [] } }]])(
    'is known as %j',
    (root) => {
      expect(detectShape(root)).toBe(healthAutoExport)
    },
  )

  it('is known by its workouts where its data stands behind them', () => {
    const workout = { name: 'Running', start: date, end: date, distance: { qty: 3, units: 'km' } }
    expect(detectShape({ workouts: [workout] })).toBe(healthAutoExport)
    expect(detectShape({ workouts: [{ ...workout, activityName: 'Running' }] })).not.toBe(healthAutoExport)
  })

  it('is not what another SDK wraps in data', () => {
    expect(
      detectShape({ provider: 'apple', sdkVersion: '0.6', data: { records: [], workouts: [] } }),
    ).not.toBe(healthAutoExport)
  })

  it('reads a metric’s points in the user’s units, percent as 0 to 100', () => {
    const { samples } = read(
      metric('weight_body_mass', 'lb', { date, qty: 154.32358352941, source: 'Withings' }),
      metric('Weight & Body Mass', 'kg', { date, qty: 70 }),
      metric('walking_running_distance', 'mi', { date, qty: 1 }),
      metric('blood_oxygen_saturation', '%', { date, qty: 96 }, { date, qty: 0.97 }),
      metric('walking_asymmetry_percentage', '%', { date, qty: 0.4 }),
      metric('apple_sleeping_wrist_temperature', 'degF', { date, qty: 95 }),
      metric('blood_glucose', 'mg/dL', { date, qty: 97, mealTime: 'Before Meal' }),
      metric('dietary_biotin', 'mcg', { date, qty: 3 }),
    )
    expect(samples.map(({ type, value, verdict }) => [type, value?.toFixed(2), verdict])).toEqual([
      ['body_mass', '70.00', 'accepted'],
      ['body_mass', '70.00', 'accepted'],
      ['distance_walking_running', '1609.34', 'accepted'],
      ['oxygen_saturation', '96.00', 'accepted'],
      ['oxygen_saturation', '97.00', 'accepted'],
      ['walking_asymmetry_percentage', '0.40', 'accepted'],
      ['apple_sleeping_wrist_temperature', '35.00', 'accepted'],
      ['blood_glucose', '97.00', 'accepted'],
      ['dietary_biotin', '3.00', 'unknown'],
    ])
    expect(samples[0]).toMatchObject({
      start: at('2025-03-08T14:08:00Z'),
      extent: 'missing',
      timezone: '-05:00',
      timezone_source: 'offset',
      source: { name: 'Withings' },
    })
    expect(samples[7]).toMatchObject({ metadata: { detail: 'Before Meal' } })
  })

  it.each([
    ['Resting Energy', 'kcal', 'basal_energy_burned'],
    ['Cardio Fitness', 'mL/kg/min', 'vo2_max'],
    ['Environmental Sound Levels', 'dBASPL', 'environmental_audio_exposure'],
    ['sugar', 'g', 'dietary_sugar'],
  ])('knows %s by the title that the Health app has for it', (name, units, type) => {
    expect(read(metric(name, units, { date, qty: 41 })).samples).toMatchObject([{ type, value: 41 }])
  })

  it('reads heart rate as mean with its extremes, or as a quantity', () => {
    const { samples } = read(
      metric(
        'heart_rate',
        'bpm',
        { date, Min: 50, Avg: 60.5, Max: 71 },
        { date, Min: 60, Avg: 60, Max: 60 },
        { date, qty: 58 },
      ),
    )
    expect(samples).toMatchObject([{ value: 60.5, min: 50, max: 71 }, { value: 60 }, { value: 58 }])
    expect(samples[1]).not.toHaveProperty('min')
    const [withZero] = read(metric('heart_rate', 'bpm', { date, Min: 0, Avg: 70, Max: 251 })).samples
    expect(withZero).toMatchObject({ value: 70, max: 251 })
    expect(withZero).not.toHaveProperty('min')
  })

  it('reads both sides of blood pressure', () => {
    expect(
      read(metric('blood_pressure', 'mmHg', { date, systolic: 120, diastolic: 76 })).samples,
    ).toMatchObject([
      { type: 'blood_pressure_systolic', value: 120 },
      { type: 'blood_pressure_diastolic', value: 76 },
    ])
  })

  it('reads events and minutes of mindfulness', () => {
    const { samples } = read(
      metric('handwashing', 's', { date, qty: 20, value: 'Complete' }),
      metric('apple_stand_hour', 'count', { date, qty: 1 }, { date, qty: 0 }),
      metric('mindful_minutes', 'min', { date, qty: 5 }),
    )
    expect(samples).toMatchObject([
      { type: 'handwashing_event', value: 0, metadata: { detail: 'Complete' } },
      { type: 'apple_stand_hour', value: 0 },
      { type: 'apple_stand_hour', value: 1 },
      { type: 'mindful_session', end: at('2025-03-08T14:13:00Z') },
    ])
  })

  it('reads events and pressures under their human titles too', () => {
    const { samples } = read(
      metric('Blood Pressure', 'mmHg', { date, systolic: 120, diastolic: 76 }),
      metric('Sexual Activity', '', { date, Unspecified: 0, 'Protection Used': 1 }),
      metric('apple_stand_hour', '', { date, value: 'Idle' }),
      metric('Heart Rate', 'bpm', { date, Min: '50', Avg: '60', Max: '70' }),
      metric('insulin_delivery', 'IU', { date, qty: 4, reason: 'Bolus' }),
    )
    expect(samples).toMatchObject([
      { type: 'blood_pressure_systolic' },
      { type: 'blood_pressure_diastolic' },
      { type: 'sexual_activity', value: 0, metadata: { 'Protection Used': 1 } },
      { type: 'apple_stand_hour', value: 1 },
      { type: 'heart_rate', value: 60, min: 50, max: 70 },
      { type: 'insulin_delivery', value: 4, metadata: { detail: 'Bolus' } },
    ])
  })

  it('reads clocks of twelve hours with any space', () => {
    const { samples } = read(
      metric(
        'step_count',
        'count',
        { date: '2025-03-08 9:08:00\u202fPM -0500', qty: 1 },
        { date: '2025-03-08 9:08:00 pm -0500', qty: 2 },
      ),
    )
    expect(samples.map(({ start }) => start)).toEqual([
      at('2025-03-09T02:08:00Z'),
      at('2025-03-09T02:08:00Z'),
    ])
  })

  it('counts what the Health app itself wrote as typed in', () => {
    expect(read(metric('step_count', 'count', { date, qty: 5000, source: 'Health' })).samples).toMatchObject([
      { user_entered: true },
    ])
  })

  it('refuses what is no metric and no point, and takes an absent list as empty', () => {
    const { samples, rejections } = read(
      3,
      { data: [] },
      metric('step_count', 'count', null, { date: 'x', qty: 1 }, { date, qty: '1.234,5' }),
      { name: 'heart_rate', data: null },
      { name: 'heart_rate', data: 'x' },
    )
    expect(samples).toEqual([])
    expect(rejections.map(({ path }) => path)).toEqual([
      'data.metrics[0]',
      'data.metrics[1].name',
      'data.metrics[2].data[0]',
      'data.metrics[2].data[1].date',
      'data.metrics[2].data[2].qty',
      'data.metrics[4].data',
    ])
  })
})

describe('workouts of Health Auto Export', () => {
  const common = { name: 'Outdoor Run', start: '2025-03-01 15:28:00 +0000', end: '2025-03-01 16:01:07 +0000' }
  const second = {
    ...common,
    id: '25C92F99-BA64-4007-831D-E292F8D864F9',
    duration: 1957,
    activeEnergyBurned: { qty: 418.4, units: 'kJ' },
    activeEnergy: [{ date, qty: 3, units: 'kJ' }],
    distance: { qty: 2, units: 'km' },
    heartRate: { min: { qty: 100, units: 'bpm' } },
    avgHeartRate: { qty: 150, units: 'bpm' },
    heartRateData: [{ date, Min: 1, Avg: 2, Max: 3 }],
  }

  it('keep the extremes of a series where nothing sums it, and what else is one value', () => {
    const series = [99, 160, 120].map((qty) => ({ date, qty, units: 'bpm' }))
    const [sample] = readWith(healthAutoExport, {
      data: {
        workouts: [{ ...common, heartRateData: series, elevation: { ascent: 12, units: 'm' }, route: [{}] }],
      },
    }).samples
    expect(sample?.metadata).toEqual({
      activity: 'running',
      activity_in: 'Outdoor Run',
      heart_rate_min: 99,
      heart_rate_max: 160,
      elevation: { ascent: 12, units: 'm' },
    })
  })

  it('are read in both versions', () => {
    const first = { ...common, activeEnergy: { qty: 100, units: 'kcal' }, heartRateData: [{ date, qty: 99 }] }
    const { samples } = readWith(healthAutoExport, {
      data: { metrics: [], workouts: [second, first, 3] },
      workouts: [first],
    })
    expect(samples).toMatchObject([
      {
        id: second.id,
        type: 'workout',
        value: 1957 / 60,
        metadata: { activity: 'running', distance_m: 2000, heart_rate_min: 100, heart_rate_mean: 150 },
      },
      { value: null, metadata: { energy_kcal: 100 } },
      { value: null },
    ])
    expect(samples[0]?.metadata?.energy_kcal).toBeCloseTo(100)
    expect(samples).toHaveLength(3)
  })
})

describe('clients that send the form of Health Auto Export', () => {
  const [start, end] = ['2026-08-22T22:00:00.000Z', '2026-08-22T22:30:00.000Z']

  it('may give samples their ends, stages their codes and deletions a list', () => {
    const id = '9d6b023f-736b-46a0-a92f-d360bb7b738e'
    const { samples, tombstones, rejections } = readWith(healthAutoExport, {
      data: {
        metrics: [
          metric('step_count', 'count', { date: start, endDate: end, qty: 3 }),
          metric('sleep_analysis', 'count', { date: start, endDate: end, qty: 3, units: 'count' }),
        ],
        deletions: [{ id, name: 'step_count', date: '' }, { id: 'x' }],
      },
    })
    expect(samples).toMatchObject([
      { type: 'step_count', value: 3, end: at(end) },
      { type: 'sleep_analysis', value: 3, end: at(end) },
    ])
    expect(samples.map(({ extent }) => extent)).toEqual([undefined, undefined])
    expect(tombstones).toMatchObject([{ id: id.toUpperCase() }])
    expect(rejections.map(({ path }) => path)).toEqual(['data.deletions[1].id'])
  })

  it('are known without a list in data where workouts stand beside it', () => {
    expect(detectShape({ data: null, workouts: [] })).toBe(healthAutoExport)
    expect(detectShape({ data: null })).toBeUndefined()
  })
})
