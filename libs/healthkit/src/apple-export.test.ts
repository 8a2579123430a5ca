import { type Attributes, createAppleExportReader, type Reading } from './index.ts'
import { context, sorted } from '../tests/read-with.ts'

type Element = [name: string, attributes: Attributes, ...children: Element[]]

const when = {
  startDate: '2025-03-08 09:00:00 -0400',
  endDate: '2025-03-08 09:10:00 -0400',
  sourceName: 'Watch',
}
const rate: Attributes = {
  ...when,
  type: 'HKQuantityTypeIdentifierHeartRate',
  unit: 'count/min',
  value: '61',
}

function read(...elements: Element[]) {
  const reader = createAppleExportReader({ ...context, uploadTimezone: 'America/New_York' })
  const readings: Reading[] = []
  const walk = ([name, attributes, ...children]: Element) => {
    reader.open(name, attributes)
    children.forEach(walk)
    const reading = reader.close(name)
    if (reading) readings.push(reading)
  }
  walk(['HealthData', { locale: 'en_US' }, ['ExportDate', { value: 'x' }], ...elements])
  return sorted(readings)
}

describe('Apple’s export', () => {
  it('reads records, with the product out of the device', () => {
    const device =
      '<<HKDevice: 0x300000000>, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,7, software:11.3>'
    expect(read(['Record', { ...rate, device }]).samples).toMatchObject([
      {
        type: 'heart_rate',
        value: 61,
        start: Date.parse('2025-03-08T13:00:00Z'),
        end: Date.parse('2025-03-08T13:10:00Z'),
        timezone: 'America/New_York',
        timezone_source: 'upload',
        source: { name: 'Watch', bundle_id: null, product: 'Watch6,7' },
        id: expect.stringMatching(/^content:/) as string,
      },
    ])
  })

  it('reads the words of categories, old and new, and a category without a value', () => {
    const sleep = { ...when, type: 'HKCategoryTypeIdentifierSleepAnalysis' }
    const { samples } = read(
      ['Record', { ...sleep, value: 'HKCategoryValueSleepAnalysisAsleep' }],
      ['Record', { ...sleep, value: 'HKCategoryValueSleepAnalysisAsleepREM' }],
      [
        'Record',
        {
          ...when,
          type: 'HKCategoryTypeIdentifierAppleStandHour',
          value: 'HKCategoryValueAppleStandHourIdle',
        },
      ],
      ['Record', { ...when, type: 'HKCategoryTypeIdentifierHighHeartRateEvent' }],
      [
        'Record',
        {
          ...when,
          type: 'HKCategoryTypeIdentifierMenstrualFlow',
          value: 'HKCategoryValueMenstrualFlowLight',
        },
      ],
    )
    expect(samples.map(({ value }) => value)).toEqual([1, 5, 1, 0, null])
  })

  it('takes metadata for the element it stands in', () => {
    const { samples } = read([
      'Correlation',
      { ...when, type: 'HKCorrelationTypeIdentifierBloodPressure' },
      ['MetadataEntry', { key: 'HKWasUserEntered', value: '1' }],
      [
        'Record',
        { ...rate, type: 'HKQuantityTypeIdentifierBloodPressureSystolic', unit: 'mmHg', value: '120' },
        ['MetadataEntry', { key: 'HKTimeZone', value: 'Europe/Paris' }],
      ],
    ])
    expect(samples).toMatchObject([
      { type: 'blood_pressure_systolic', timezone: 'Europe/Paris', user_entered: false },
      { type: 'blood_pressure', timezone: 'America/New_York', user_entered: true },
    ])
  })

  it('reads a workout of either age with its statistics', () => {
    const run = {
      ...when,
      workoutActivityType: 'HKWorkoutActivityTypeRunning',
      duration: '0.5',
      durationUnit: 'hr',
    }
    const statistic = (suffix: string, more: Attributes): Element => [
      'WorkoutStatistics',
      { type: `HKQuantityTypeIdentifier${suffix}`, ...more },
    ]
    const { samples } = read(
      [
        'Workout',
        run,
        ['MetadataEntry', { key: 'HKTimeZone', value: 'Asia/Tokyo' }],
        ['WorkoutEvent', { type: 'HKWorkoutEventTypePause', date: when.startDate }],
        statistic('ActiveEnergyBurned', { sum: '418.4', unit: 'kJ' }),
        statistic('DistanceWalkingRunning', { sum: '2', unit: 'km' }),
        statistic('HeartRate', { average: '140', minimum: '100', maximum: '170', unit: 'count/min' }),
      ],
      [
        'Workout',
        {
          ...run,
          totalDistance: '1',
          totalDistanceUnit: 'mi',
          totalEnergyBurned: '100',
          totalEnergyBurnedUnit: 'Cal',
        },
      ],
    )
    expect(samples).toMatchObject([
      {
        type: 'workout',
        value: 30,
        timezone: 'Asia/Tokyo',
        metadata: { activity: 'running', distance_m: 2000, heart_rate_mean: 140, heart_rate_max: 170 },
      },
      { metadata: { distance_m: 1609.344, energy_kcal: 100 } },
    ])
    expect(samples[0]?.metadata?.energy_kcal).toBeCloseTo(100)
  })

  it('counts the beats behind an HRV record', () => {
    const beats: Element[] = [1, 2, 3].map((beat) => [
      'InstantaneousBeatsPerMinute',
      { bpm: '60', time: `12:02:1${beat}.30 AM` },
    ])
    const record: Attributes = {
      ...rate,
      type: 'HKQuantityTypeIdentifierHeartRateVariabilitySDNN',
      unit: 'ms',
      value: '31',
    }
    expect(
      read(['Record', record, ['HeartRateVariabilityMetadataList', {}, ...beats]]).samples,
    ).toMatchObject([{ value: 31, metadata: { beats: 3 } }])
  })

  it('takes a workout’s own statistics, not those of its parts', () => {
    const run = { ...when, workoutActivityType: 'HKWorkoutActivityTypeSwimBikeRun' }
    const distance = (sum: string): Element => [
      'WorkoutStatistics',
      { type: 'HKQuantityTypeIdentifierDistanceCycling', sum, unit: 'km' },
    ]
    const sync: Element = ['MetadataEntry', { key: 'HKSyncIdentifier', value: 'route' }]
    const { samples } = read([
      'Workout',
      run,
      ['WorkoutActivity', { uuid: 'x', startDate: when.startDate }, distance('1'), sync],
      distance('3'),
      ['WorkoutRoute', {}, sync, ['FileReference', { path: '/route.gpx' }], ['Location', { latitude: '1' }]],
    ])
    expect(samples).toMatchObject([
      { type: 'workout', metadata: { activity: 'swim_bike_run', distance_m: 3000 } },
    ])
    expect(samples[0]).not.toHaveProperty('sync')
  })

  it('keeps the word of a category that has no code here', () => {
    const { samples } = read(
      ['Record', { ...when, type: 'HKCategoryTypeIdentifierHeadache', value: 'HKCategoryValueSeverityMild' }],
      [
        'Record',
        { ...when, type: 'HKCategoryTypeIdentifierMindfulSession', value: 'HKCategoryValueNotApplicable' },
      ],
    )
    expect(samples).toMatchObject([
      { verdict: 'unknown', metadata: { category_value: 'HKCategoryValueSeverityMild' } },
      { value: 0 },
    ])
    expect(samples[1]?.metadata).toBeUndefined()
  })

  it('keeps what has no metric with its attributes, the rings of a day among it', () => {
    const received = {
      type: 'HKClinicalTypeIdentifierAllergyRecord',
      receivedDate: '2025-03-08 09:00:00 -0400',
    }
    const { samples, rejections } = read(
      ['ActivitySummary', { dateComponents: '2025-03-08', activeEnergyBurned: '400' }],
      ['ClinicalRecord', { ...received, identifier: 'a' }],
      ['ClinicalRecord', { ...received, identifier: 'b' }],
      [
        'Audiogram',
        { ...when, type: 'HKDataTypeIdentifierAudiogram' },
        ['SensitivityPoint', { leftEarValue: '5' }],
      ],
      ['VisionPrescription', { type: 'Glasses', dateIssued: '2025-03-08' }, ['RightEye', { sphere: '-1' }]],
      ['SomethingNew', { startDate: '2025-03-08 09:00:00 -0400' }, ['Part', {}]],
      ['SomethingElse', {}],
    )
    expect(samples.map(({ type, verdict }) => [type, verdict])).toEqual([
      ['ActivitySummary', 'unknown'],
      ['HKClinicalTypeIdentifierAllergyRecord', 'unknown'],
      ['HKClinicalTypeIdentifierAllergyRecord', 'unknown'],
      ['HKDataTypeIdentifierAudiogram', 'unknown'],
      ['VisionPrescription', 'unknown'],
      ['SomethingNew', 'unknown'],
    ])
    expect(samples[0]).toMatchObject({
      start: Date.parse('2025-03-08T05:00:00Z'),
      metadata: { activeEnergyBurned: '400' },
    })
    expect(new Set(samples.map(({ id }) => id)).size).toBe(6)
    expect(rejections).toMatchObject([{ path: 'SomethingElse[0].startDate', reason: 'is missing' }])
  })

  it('names a bad record by its place in the file', () => {
    const { rejections } = read(
      ['Record', rate],
      ['Record', { ...rate, value: 'abc' }],
      ['Record', { ...rate, startDate: '' }],
    )
    expect(rejections).toEqual([
      { path: 'Record[1].value', type: 'HKQuantityTypeIdentifierHeartRate', reason: 'is not a number' },
      { path: 'Record[2].startDate', type: 'HKQuantityTypeIdentifierHeartRate', reason: 'is not a date' },
    ])
  })
})
