import { detectShape } from './index.ts'
import { rawEnvelope } from './raw-envelope.ts'
import { context, readWith } from '../tests/read-with.ts'

const uuid = '1576EE6A-5B43-4229-B2BA-7A51187FA3DB'
const quantity = {
  uuid: uuid.toLowerCase(),
  identifier: 'HKQuantityTypeIdentifierOxygenSaturation',
  type: 'oxygen_saturation',
  unit: '%',
  value: 0.97,
  start_date: '2025-03-08T12:00:00Z',
  end_date: '2025-03-08T12:00:10Z',
  source_name: 'Sam’s Apple\u00a0Watch',
  device: { hardware: 'Watch6,7', productType: 'Watch6,7' },
  metadata: { HKTimeZone: 'America/New_York', HKWasUserEntered: 1, HKBarometricPressure: '100 kPa' },
}
const read = (parts: object, more = {}) =>
  readWith(rawEnvelope, { quantity_samples: [{ ...quantity, ...parts }] }, more)

describe('the raw envelope', () => {
  it('is known by its lists', () => {
    expect(detectShape({ user_id: 'u', quantity_samples: [] })).toBe(rawEnvelope)
    expect([
      detectShape({}),
      detectShape([]),
      detectShape(null),
      detectShape({ quantity_samples: 1 }),
    ]).toEqual([undefined, undefined, undefined, undefined])
  })

  it('names a device by its product, in either spelling, else by its model', () => {
    const devices = [
      { hardware_version: 'Watch6,7', model: 'Watch' },
      { productType: '', model: 'Watch' },
      {},
    ]
    const quantity_samples = devices.map((device) => ({ ...quantity, device }))
    const { samples } = readWith(rawEnvelope, { quantity_samples })
    expect(samples.map(({ source }) => source.product)).toEqual(['Watch6,7', 'Watch', null])
  })

  it('reads blood pressure and other members out of the correlation that holds them', () => {
    const { value: _, unit: __, ...dated } = quantity
    const pressure = { ...dated, identifier: 'HKCorrelationTypeIdentifierBloodPressure' }
    const value = { systolic: 122, diastolic: { value: 10.5, unit: 'kPa' } }
    const objects = [{ ...dated, identifier: 'HKQuantityTypeIdentifierDietaryProtein', unit: 'g', value: 20 }]
    const { samples } = readWith(rawEnvelope, {
      correlation_samples: [
        { ...pressure, value },
        { ...pressure, identifier: 'HKCorrelationTypeIdentifierFood', objects },
      ],
    })
    expect(samples.map(({ type, value }) => [type, value])).toEqual([
      ['blood_pressure', null],
      ['blood_pressure_systolic', 122],
      ['blood_pressure_diastolic', expect.closeTo(78.756, 2)],
      ['food', null],
      ['dietary_protein', 20],
    ])
  })

  it('reads a workout whose figures are its value', () => {
    const value = { duration: 1800, total_energy_burned: 250, workout_activity_type: 'running' }
    expect(
      readWith(rawEnvelope, { quantity_samples: [], workouts: [{ ...quantity, value }] }).samples,
    ).toMatchObject([{ type: 'workout', value: 30, metadata: { energy_kcal: 250, activity: 'running' } }])
  })

  it('gives samples in canonical form', () => {
    expect(read({}).samples).toEqual([
      {
        id: uuid,
        type: 'oxygen_saturation',
        start: Date.parse('2025-03-08T12:00:00Z'),
        end: Date.parse('2025-03-08T12:00:10Z'),
        value: 97,
        unit: '%',
        unit_in: '%',
        source: { name: 'Sam’s Apple\u00a0Watch', bundle_id: null, product: 'Watch6,7' },
        user_entered: true,
        timezone: 'America/New_York',
        timezone_source: 'sample',
        metadata: { HKBarometricPressure: '100 kPa' },
        base_verdict: 'accepted',
        verdict: 'accepted',
        upload_ids: [context.uploadId],
      },
    ])
  })

  it.each([
    [
      { value: { quantity: 97, unit: '%' }, unit: null },
      { value: 97, unit_in: '%' },
    ],
    [{ value: '0.955' }, { value: 95.5 }],
    [
      { identifier: undefined, type_identifier: 'HKQuantityTypeIdentifierHeartRate', unit: null, value: 61 },
      { type: 'heart_rate', value: 61 },
    ],
    [
      { identifier: 'HKQuantityTypeIdentifierHeartRate', unit: { unit_string: 'count/s' }, value: 1 },
      { value: 60, unit_in: 'count/s' },
    ],
    [
      { identifier: 'HKQuantityTypeIdentifierNew', unit: 'parsec', value: 3 },
      { type: 'HKQuantityTypeIdentifierNew', value: 3, unit: 'parsec', verdict: 'unknown' },
    ],
    [{ value: 0.3 }, { value: 30, verdict: 'implausible' }],
    [{ end_date: null }, { extent: 'missing', end: Date.parse('2025-03-08T12:00:00Z') }],
    [{ uuid: 'not one' }, { id: expect.stringMatching(/^content:/) as string }],
    [
      { metadata: { HKSyncIdentifier: 'a', HKSyncVersion: 3 }, uuid: null },
      { sync: { id: 'a', version: 3 }, id: expect.stringMatching(/^sync:/) as string },
    ],
    [{ metadata: JSON.parse('{"__proto__": {"HKWasUserEntered": 1}}') as object }, { user_entered: false }],
  ])('reads %j', (change, expected) => {
    expect(read(change).samples).toMatchObject([expected])
  })

  it.each([
    [{ start_date: 'noon' }, 'quantity_samples[0].start_date', 'is not a date'],
    [{ start_date: undefined }, 'quantity_samples[0].start_date', 'is missing'],
    [
      { start_date: '9999-12-31T23:59:59Z' },
      'quantity_samples[0].start_date',
      'is outside the years 1 to 9999',
    ],
    [{ end_date: 'noon' }, 'quantity_samples[0].end_date', 'is not a date'],
    [{ value: null }, 'quantity_samples[0].value', 'is missing'],
    [{ value: 'NaN' }, 'quantity_samples[0].value', 'is not a number'],
    [{ value: true }, 'quantity_samples[0].value', 'is not a number'],
    [{ unit: 'kg' }, 'quantity_samples[0].unit', 'is not a unit of this type'],
    [{ identifier: 7, type: 'heart_rate' }, 'quantity_samples[0].identifier', 'is missing'],
    [{ identifier: 'x'.repeat(300) }, 'quantity_samples[0].identifier', 'is too long'],
  ])('refuses %j alone', (change, path, reason) => {
    const { samples, rejections } = readWith(rawEnvelope, {
      quantity_samples: [{ ...quantity, ...change }, quantity],
    })
    expect(samples).toHaveLength(1)
    expect(rejections).toMatchObject([{ path, reason }])
  })

  it('reads categories, workouts, correlations and deletions', () => {
    const common = {
      start_date: '2025-03-08T12:00:00Z',
      end_date: '2025-03-08T12:30:00Z',
      source_name: 'Watch',
    }
    const { samples, tombstones, rejections } = readWith(rawEnvelope, {
      category_samples: [
        { ...common, identifier: 'HKCategoryTypeIdentifierSleepAnalysis', value: 'asleepDeep' },
        { ...common, identifier: 'HKCategoryTypeIdentifierAppleStandHour', value: 1 },
        { ...common, identifier: 'HKCategoryTypeIdentifierSleepAnalysis', value: 6 },
        null,
      ],
      workouts: [{ ...common, workout_activity_type: 37, duration: 1800, total_distance: 5000 }],
      correlation_samples: [
        { ...common, identifier: 'HKCorrelationTypeIdentifierBloodPressure', member_uuids: ['a'] },
      ],
      deleted_samples: [{ uuid }, { uuid: 'x' }],
      quantity_samples: 'none',
    })
    expect(samples).toMatchObject([
      { type: 'sleep_analysis', value: 4 },
      { type: 'apple_stand_hour', value: 1 },
      { type: 'workout', value: 30, unit: 'min', metadata: { activity: 'running', distance_m: 5000 } },
      { type: 'blood_pressure', value: null, metadata: { member_uuids: ['a'] } },
    ])
    expect(tombstones).toEqual([{ id: uuid, upload_ids: ['upload-1'] }])
    expect(rejections.map(({ path }) => path)).toEqual([
      'quantity_samples',
      'category_samples[2].value',
      'category_samples[3]',
      'deleted_samples[1].uuid',
    ])
  })
})

describe('the zone of a sample', () => {
  const zoneless = { metadata: {} }
  const written = {
    ...zoneless,
    start_date: '2025-03-08T12:00:00+02:00',
    end_date: '2025-03-08T12:00:00+02:00',
  }

  it.each([
    [{}, { uploadTimezone: 'Asia/Tokyo' }, 'America/New_York', 'sample'],
    [{ metadata: { HKTimeZone: 'Mars/Base' } }, { uploadTimezone: 'Asia/Tokyo' }, 'Asia/Tokyo', 'upload'],
    [zoneless, { uploadTimezone: 'Asia/Tokyo', userTimezone: 'Europe/Paris' }, 'Asia/Tokyo', 'upload'],
    [written, { userTimezone: 'Europe/Paris' }, 'Europe/Paris', 'user'],
    [written, {}, '+02:00', 'offset'],
    [zoneless, {}, 'UTC', 'none'],
  ])('of %j with %j is %s', (change, more, timezone, timezone_source) => {
    expect(read(change, more).samples).toMatchObject([{ timezone, timezone_source }])
  })

  it('gives a date without an offset its instant', () => {
    const naive = { start_date: '2025-03-08T12:00:00', end_date: '2025-03-08' }
    const { samples } = read({ ...zoneless, ...naive }, { userTimezone: 'America/New_York' })
    expect(samples).toMatchObject([
      {
        start: Date.parse('2025-03-08T17:00:00Z'),
        end: Date.parse('2025-03-08T05:00:00Z'),
        verdict: 'implausible',
      },
    ])
  })
})

describe('metadata', () => {
  it('is kept without what no honest client sends', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 50_000; depth += 1) deep = [deep]
    const metadata = { deep, long: 'x'.repeat(5000), nothing: null, fine: { quantity: 1, unit: 'm' } }
    expect(read({ metadata }).samples).toMatchObject([{ metadata: { fine: { quantity: 1, unit: 'm' } } }])
    expect(Object.keys(read({ metadata }).samples[0]?.metadata ?? {})).toEqual(['fine'])
  })
})
