import { detectShape } from './detect-shape.ts'
import { fhir } from './fhir.ts'
import { readWith } from '../tests/read-with.ts'

const id = '1576EE6A-5B43-4229-B2BA-7A51187FA3DB'
const healthKit = 'http://developer.apple.com/documentation/healthkit'
const defs = 'https://bdh.stanford.edu/fhir/defs'
const coded = (...codes: string[]) => ({ coding: codes.map((code) => ({ code })) })
const quantity = (value: number, unit: string, code?: string) => ({ value, unit, ...(code && { code }) })
const heartRate = {
  resourceType: 'Observation',
  id,
  identifier: [{ id }],
  status: 'final',
  code: {
    coding: [
      { code: '8867-4', system: 'http://loinc.org' },
      { code: 'HKQuantityTypeIdentifierHeartRate', system: healthKit },
    ],
  },
  effectiveDateTime: '2025-03-08T01:00:00.449-05:00',
  valueQuantity: quantity(61, 'beats/minute', '/min'),
}
const { valueQuantity: _, ...withoutValue } = heartRate
const period = { start: '2025-03-08T00:24:21.992-05:00', end: '2025-03-08T00:43:29.346-05:00' }

function valueOf(observation: object): unknown {
  const { samples, rejections } = readWith(fhir, { ...withoutValue, ...observation })
  expect(rejections).toEqual([])
  const [sample] = samples
  return [sample?.type, sample?.value, sample?.unit]
}

describe('a FHIR observation', () => {
  it('is told from other shapes, alone, in a list and in a Bundle', () => {
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: heartRate }] }
    expect([heartRate, [heartRate], bundle].map(detectShape)).toEqual([fhir, fhir, fhir])
    expect(readWith(fhir, bundle).samples).toEqual(readWith(fhir, [heartRate]).samples)
  })

  it('is known by its entries where a Bundle says later that it is one', () => {
    const entry = [{ resource: heartRate }]
    expect(detectShape({ entry })).toBe(fhir)
    expect(readWith(fhir, { entry }).samples).toHaveLength(1)
    expect(detectShape({ entry: [{}] })).toBeUndefined()
  })

  it('keeps the word of a category that has no code here', () => {
    const headache = { code: coded('HKCategoryTypeIdentifierHeadache'), valueString: 'mild' }
    expect(readWith(fhir, { ...withoutValue, ...headache }).samples).toMatchObject([
      { verdict: 'unknown', value: null, metadata: { category_value: 'mild' } },
    ])
  })

  it('gives a sample with the UUID of its id and the offset of its date', () => {
    const [sample] = readWith(fhir, heartRate).samples
    expect(sample).toMatchObject({
      id,
      type: 'heart_rate',
      value: 61,
      unit: 'count/min',
      unit_in: '/min',
      start: Date.parse('2025-03-08T06:00:00.449Z'),
      end: Date.parse('2025-03-08T06:00:00.449Z'),
      timezone: '-05:00',
    })
    expect(sample?.extent).toBeUndefined()
  })

  it('has the UUID of its identifier where its id is none', () => {
    const ids = [
      { id: 'x', identifier: [{ id: id.toLowerCase() }] },
      { id: 'x', identifier: [{ value: `urn:uuid:${id}` }] },
    ].map((part) => readWith(fhir, { ...heartRate, ...part }).samples[0]?.id)
    expect(ids).toEqual([id, id])
  })

  it.each([
    ['29463-7', quantity(220.462262, 'lbs', '[lb_av]'), ['body_mass', 100]],
    ['8302-2', quantity(70, 'in', '[in_i]'), ['height', 1.778]],
    ['8310-5', quantity(36.6, 'C', 'Cel'), ['body_temperature', 36.6]],
    ['59408-5', quantity(0.97, '%', '%'), ['oxygen_saturation', 97]],
    ['59408-5', quantity(97, '%', '%'), ['oxygen_saturation', 97]],
    ['55423-8', quantity(600, 'steps'), ['step_count', 600]],
    ['9279-1', quantity(15, 'breaths/minute', '/min'), ['respiratory_rate', 15]],
    ['8867-4', quantity(61, 'odd', '{Beats}/min'), ['heart_rate', 61]],
    ['55423-8', quantity(600, '', '{steps}'), ['step_count', 600]],
    ['8867-4', quantity(61, 'beats/minute', 'no such code'), ['heart_rate', 61]],
    ['15074-8', quantity(5, 'mmol/L', 'mmol/L'), ['blood_glucose', 90.0779]],
  ])('of LOINC %s with %j is %j', (code, valueQuantity, [type, value]) => {
    const [gotType, got] = valueOf({ code: coded(code), valueQuantity }) as [string, number]
    expect(gotType).toBe(type)
    expect(got).toBeCloseTo(value as number, 3)
  })

  it('has stages and hours by code, by display or by word', () => {
    const sleep = { code: coded('HKCategoryTypeIdentifierSleepAnalysis'), effectivePeriod: period }
    const stood = { code: coded('HKCategoryTypeIdentifierAppleStandHour'), effectivePeriod: period }
    const concept = (code: string, display: string) => ({
      valueCodeableConcept: { coding: [{ code, display }] },
    })
    expect(valueOf({ ...sleep, ...concept('4', 'asleep deep') })).toEqual(['sleep_analysis', 4, 'stage'])
    expect(valueOf({ ...sleep, ...concept('x', 'asleep REM') })).toEqual(['sleep_analysis', 5, 'stage'])
    expect(valueOf({ ...sleep, valueString: 'asleepREM' })).toEqual(['sleep_analysis', 5, 'stage'])
    expect(valueOf({ ...stood, ...concept('1', 'idle') })).toEqual(['apple_stand_hour', 1, 'code'])
    expect(valueOf({ ...stood, valueString: 'idle' })).toEqual(['apple_stand_hour', 1, 'code'])
    const mindful = 'HKCategoryTypeIdentifierMindfulSession'
    expect(valueOf({ code: coded(mindful), valueString: mindful })).toEqual(['mindful_session', 0, 'code'])
  })

  it('tells its writer, its zone and its metadata in extensions', () => {
    const extension = [
      {
        url: `${defs}/sourceRevision`,
        extension: [
          {
            url: `${defs}/sourceRevision/source`,
            extension: [
              { url: `${defs}/sourceRevision/source/name`, valueString: 'Sam’s Apple Watch' },
              { url: `${defs}/sourceRevision/source/bundleIdentifier`, valueString: 'com.apple.health' },
            ],
          },
          { url: `${defs}/sourceRevision/productType`, valueString: 'Watch6,7' },
        ],
      },
      {
        url: `${defs}/metadata`,
        extension: [
          { url: `${defs}/metadata/HKTimeZone`, valueString: 'Europe/London' },
          { url: `${defs}/metadata/HKWasUserEntered`, valueDecimal: 1 },
          { url: `${defs}/metadata/HKWeatherHumidity`, valueQuantity: { value: 61, unit: '%' } },
          { url: `${defs}/metadata/HKMetadataKeyHeartRateMotionContext`, valueCoding: { code: '1' } },
        ],
      },
    ]
    const [sample] = readWith(fhir, { ...heartRate, extension }, { uploadTimezone: 'Asia/Tokyo' }).samples
    expect(sample).toMatchObject({
      timezone: 'Europe/London',
      user_entered: true,
      source: { name: 'Sam’s Apple Watch', bundle_id: 'com.apple.health', product: 'Watch6,7' },
      metadata: { HKWeatherHumidity: '61 %', HKMetadataKeyHeartRateMotionContext: 1 },
    })
  })

  it('of blood pressure gives the correlation and both pressures', () => {
    const component = [
      { code: coded('8480-6'), valueQuantity: quantity(121, 'mmHg', 'mm[Hg]') },
      { code: coded('HKQuantityTypeIdentifierBloodPressureDiastolic'), valueQuantity: quantity(78, 'mmHg') },
      { code: coded('odd'), valueString: 'sitting' },
    ]
    const { samples } = readWith(fhir, { ...withoutValue, code: coded('85354-9'), component })
    expect(samples.map(({ type, value }) => [type, value])).toEqual([
      ['blood_pressure', null],
      ['blood_pressure_systolic', 121],
      ['blood_pressure_diastolic', 78],
    ])
    expect(samples[0]?.metadata).toEqual({ odd: 'sitting' })
  })

  it('of a panel that only other writers have gives its measured parts', () => {
    const component = [
      { code: coded('8867-4'), valueQuantity: quantity(62, '/min') },
      { code: coded('9279-1'), valueQuantity: quantity(15, '/min') },
    ]
    const { samples } = readWith(fhir, { ...withoutValue, code: coded('85353-1'), component })
    expect(samples).toMatchObject([
      { type: '85353-1', verdict: 'unknown' },
      { type: 'heart_rate', value: 62 },
      { type: 'respiratory_rate', value: 15 },
    ])
  })

  it.each([
    { effectiveDateTime: '2025-03-08' },
    { effectivePeriod: { start: '2025-03-08', end: '2025-03-08' } },
  ])('of the steps of a civil day is a sum of it: %j', (date) => {
    const { effectiveDateTime: _, ...undated } = withoutValue
    const steps = { code: coded('41950-7'), valueQuantity: quantity(9000, 'steps/day', '{steps}/d') }
    const { samples } = readWith(fhir, { ...undated, ...date, ...steps })
    expect(samples).toMatchObject([
      { value: 9000, extent: 'bucket', start: Date.UTC(2025, 2, 8), end: Date.UTC(2025, 2, 8, 23) },
    ])
  })

  it('of a workout gives its activity and length; of an unknown kind it is kept', () => {
    const workout = { code: coded('HKWorkoutTypeIdentifier'), effectivePeriod: period }
    const running = { valueCodeableConcept: { coding: [{ code: 'running' }] } }
    const [sample] = readWith(fhir, { ...withoutValue, ...workout, ...running }).samples
    expect([sample?.type, sample?.metadata?.activity]).toEqual(['workout', 'running'])
    const [unknown] = readWith(fhir, { ...heartRate, code: coded('2345-7') }).samples
    expect([unknown?.type, unknown?.verdict, unknown?.value]).toEqual(['2345-7', 'unknown', 61])
  })

  it('that was withdrawn deletes its sample, and so does a deletion in a transaction', () => {
    const { tombstones, rejections } = readWith(fhir, {
      resourceType: 'Bundle',
      entry: [
        { resource: { ...heartRate, status: 'entered-in-error' } },
        { request: { method: 'DELETE', url: `Observation/${id.toLowerCase()}` } },
        { resource: { ...heartRate, id: 'x', identifier: [], status: 'entered-in-error' } },
      ],
    })
    expect(tombstones.map((tombstone) => tombstone.id)).toEqual([id, id])
    expect(rejections.map(({ path }) => path)).toEqual(['entry[2].resource.status'])
  })
})

describe('an observation of FHIR', () => {
  it('may name its time as the only one of a timing', () => {
    const effectiveTiming = { event: ['2025-03-08T12:00:00-05:00'] }
    const { samples } = readWith(fhir, { ...heartRate, effectiveDateTime: undefined, effectiveTiming })
    expect(samples).toMatchObject([{ start: Date.parse('2025-03-08T17:00:00Z'), verdict: 'accepted' }])
  })

  it.each([
    ['its events', { event: ['2025-03-08T18:00:00Z', '2025-03-08T12:00:00-05:00'] }],
    [
      'its bounds',
      { repeat: { boundsPeriod: { start: '2025-03-08T17:00:00Z', end: '2025-03-08T18:00:00Z' } } },
    ],
  ])('may name its time as a timing, by %s', (_, effectiveTiming) => {
    const { samples } = readWith(fhir, { ...heartRate, effectiveDateTime: null, effectiveTiming })
    const start = Date.parse('2025-03-08T17:00:00Z')
    expect(samples).toMatchObject([{ start, end: start + 3_600_000, verdict: 'accepted' }])
  })

  it('that is an electrocardiogram is kept, without its recording', () => {
    const recording = { code: coded('131389'), valueSampledData: { period: 1.953, data: '1 2 3' } }
    const said = { code: coded('HKElectrocardiogram.Classification'), valueString: 'sinusRhythm' }
    const ecg = {
      ...heartRate,
      code: coded('HKElectrocardiogram'),
      valueQuantity: undefined,
      component: [recording, said],
    }
    expect(readWith(fhir, ecg).samples).toMatchObject([
      { type: 'HKElectrocardiogram', verdict: 'unknown', value: null },
    ])
    expect(readWith(fhir, ecg).samples[0]?.metadata).toEqual({
      'HKElectrocardiogram.Classification': 'sinusRhythm',
    })
  })
})

describe('other FHIR resources', () => {
  it('are kept by type and date where they have one, else refused by name', () => {
    const { samples, rejections } = readWith(fhir, [
      { resourceType: 'Condition', id, onsetDateTime: '2020-01-01', code: coded('44054006') },
      { resourceType: 'Encounter', period: { start: '2021-01-01', end: '2021-01-02' } },
      { resourceType: 'Patient', birthDate: '1970-01-01' },
      { resourceType: 'Bundle', entry: {} },
      { resourceType: 'Bundle', entry: [null, {}] },
    ])
    expect(samples.map(({ type, verdict }) => [type, verdict])).toEqual([
      ['Condition', 'unknown'],
      ['Encounter', 'unknown'],
    ])
    expect(rejections.map(({ path }) => path)).toEqual([
      '[2].resourceType',
      '[3].entry',
      '[4].entry[0]',
      '[4].entry[1].resource',
    ])
  })

  it('are not followed into endless bundles', () => {
    let root: object = heartRate
    for (let depth = 0; depth < 5000; depth += 1)
      root = { resourceType: 'Bundle', entry: [{ resource: root }] }
    const { samples, rejections } = readWith(fhir, root)
    expect([samples.length, rejections[0]?.reason]).toEqual([0, 'is nested too deeply'])
  })
})

describe('the refusal of an observation', () => {
  it.each([
    ['code.coding', { code: undefined }],
    ['effectiveDateTime', { effectiveDateTime: undefined }],
    ['effectiveDateTime', { effectiveDateTime: '2025-03' }],
    ['effectivePeriod.start', { effectivePeriod: {} }],
    ['effectivePeriod.end', { effectivePeriod: { ...period, end: 'late' } }],
    ['valueQuantity.value', { valueQuantity: { unit: '/min' } }],
    ['valueQuantity.unit', { valueQuantity: quantity(3, 'km') }],
    ['valueString', { valueQuantity: undefined, valueString: 'high' }],
    ['value', { valueQuantity: undefined }],
    ['effectiveTiming', { effectiveDateTime: undefined, effectiveTiming: { repeat: { frequency: 1 } } }],
    [
      'effectiveTiming',
      { effectiveDateTime: undefined, effectiveTiming: { event: ['2025-03-08', 'tomorrow'] } },
    ],
  ])('names %s', (path, part) => {
    expect(readWith(fhir, { ...heartRate, ...part }).rejections.map((each) => each.path)).toEqual([path])
  })
})
