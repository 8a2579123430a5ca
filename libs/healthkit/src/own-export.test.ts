import { mergeIntoShards, metricFor, representatives, type Sample, toSampleLine } from '@clarity/health-data'
import fc from 'fast-check'
import { detectShape } from './detect-shape.ts'
import { ownExport } from './own-export.ts'
import { readWith } from '../tests/read-with.ts'

const uuid = '0B2D4A9E-7C7A-4A3C-9F3E-2A1B3C4D5E6F'
const line = {
  kind: 'sample',
  id: uuid,
  type: 'heart_rate',
  start: '2025-03-08T06:00:00.000449Z',
  end: '2025-03-08T06:00:01.000Z',
  value: 61,
  unit: 'count/min',
  source: { name: 'Sam’s Apple Watch', bundle_id: null, product: 'Watch6,7' },
  user_entered: false,
  upload_id: 'u1',
  verdict: 'accepted',
  timezone: 'Europe/London',
  timezone_source: 'sample',
}

/** The lines that an account holding these samples alone exports, without the uploads. */
function exported(incoming: readonly Sample[]): unknown[] {
  const { changed } = mergeIntoShards({ existing: new Map(), incoming, tombstones: [] })
  const shards = [...changed.keys()].sort().map((date) => changed.get(date) ?? [])
  return shards.flatMap((shard) =>
    representatives(shard).map((sample) => ({ ...toSampleLine(sample), upload_id: '' })),
  )
}

function imported(lines: readonly unknown[]): Sample[] {
  const written = JSON.stringify(lines.map((each) => ({ kind: 'sample', ...(each as object) })))
  const { samples, rejections } = readWith(ownExport, JSON.parse(written), { uploadTimezone: 'Asia/Tokyo' })
  expect(rejections).toEqual([])
  return samples
}

describe('a line of our own export', () => {
  it('is told from the other shapes whatever kind of record it is', () => {
    for (const kind of ['sample', 'upload', 'analysis', 'insight'])
      expect(detectShape({ ...line, kind })).toBe(ownExport)
    expect(detectShape([line])).toBe(ownExport)
    expect(detectShape({ ...line, kind: 'quantity' })).not.toBe(ownExport)
  })

  it('keeps identity, zone and microseconds, whatever the header says', () => {
    const [sample] = readWith(ownExport, line, { uploadTimezone: 'Asia/Tokyo' }).samples
    expect(sample).toMatchObject({
      id: uuid,
      timezone: 'Europe/London',
      timezone_source: 'sample',
      upload_ids: ['upload-1'],
    })
    expect({ ...toSampleLine(sample as Sample), kind: 'sample', upload_id: 'u1' }).toEqual(line)
  })

  it('is ignored if it is no sample', () => {
    const all = readWith(ownExport, [line, { kind: 'upload' }, { kind: 'analysis' }, { kind: 'insight' }])
    expect([all.samples.length, all.rejections.length]).toEqual([1, 0])
  })

  it.each([
    ['id', 'not-an-identity'],
    ['type', ''],
    ['type', 'x'.repeat(201)],
    ['start', 'yesterday'],
    ['end', 'tomorrow'],
    ['value', 'many'],
    ['value', null],
    ['unit', 'furlongs'],
  ])('is refused alone where its %s is none', (field, value) => {
    const { samples, rejections } = readWith(ownExport, [{ ...line, [field]: value }, line])
    expect(samples).toHaveLength(1)
    expect(rejections.map(({ path }) => path)).toEqual([`[0].${field}`])
  })

  it('is refused as sleep of a stage that there is not', () => {
    const stages = [99, 2.5, null, 3].map((value) => ({
      ...line,
      type: 'sleep_analysis',
      unit: 'stage',
      value,
    }))
    const { samples, rejections } = readWith(ownExport, stages)
    expect(samples.map(({ value }) => value)).toEqual([3])
    expect(rejections.map(({ path }) => path)).toEqual(['[0].value', '[1].value', '[2].value'])
  })

  it('gives what a person wrote by hand an identity, an end and a zone', () => {
    const byHand = { kind: 'sample', type: 'heart_rate', start: '2025-03-08T06:00:00+01:00', value: 61 }
    const [sample] = readWith(ownExport, byHand).samples
    expect(sample).toMatchObject({ extent: 'missing', timezone: '+01:00', timezone_source: 'offset' })
    expect(sample?.id).toMatch(/^content:/)
  })

  it('stays implausible though its future has passed', () => {
    const [sample] = readWith(ownExport, { ...line, verdict: 'implausible' }).samples
    expect(sample?.base_verdict).toBe('implausible')
    const [high] = readWith(ownExport, { ...line, value: 999 }).samples
    expect(high?.base_verdict).toBe('implausible')
  })

  it('deletes its sample where it was deleted', () => {
    const { samples, tombstones } = readWith(ownExport, { ...line, verdict: 'deleted' })
    expect([samples.length, tombstones.map(({ id }) => id)]).toEqual([1, [uuid]])
  })

  it('keeps the activity of a workout as it is written, also in a client’s own spelling', () => {
    const workout = { ...line, type: 'workout', unit: 'min', value: 30, upload_id: '' }
    for (const activity of ['running', 'Outdoor Run', 'RUNNING', 37]) {
      const { kind: _, ...told } = { ...workout, metadata: { activity } }
      expect(exported(imported([told]))).toEqual([told])
    }
  })

  it('calls a type by its metric name and its amount in the one unit', () => {
    const weight = { ...line, type: 'HKQuantityTypeIdentifierBodyMass', value: 100, unit: 'lb' }
    const [sample] = readWith(ownExport, weight).samples
    expect([sample?.type, sample?.unit, sample?.value]).toEqual(['body_mass', 'kg', 45.359237])
  })
})

const text = fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name.trim() !== '')
const anySample: fc.Arbitrary<Sample> = fc
  .record({
    type: fc.constantFrom('heart_rate', 'step_count', 'sleep_analysis', 'HKQuantityTypeIdentifierNikeFuel'),
    id: fc.oneof(
      fc.integer({ min: 0, max: 9 }).map((n) => `00000000-0000-4000-8000-00000000000${n}`),
      fc.integer({ min: 0, max: 9 }).map((n) => `content:${String(n).padStart(32, '0')}`),
      fc.integer({ min: 0, max: 9 }).map((n) => `sync:${String(n).padStart(32, '0')}`),
    ),
    start: fc.integer({ min: 0, max: 100_000_000 }).map((n) => 1_741_400_000_000 + n + (n % 1000) / 1000),
    length: fc.integer({ min: 0, max: 7_200_000 }),
    value: fc.double({ min: 0, max: 5, noNaN: true }),
    rest: fc.record(
      {
        min: fc.integer({ min: 0, max: 300 }),
        max: fc.integer({ min: 0, max: 300 }),
        extent: fc.constantFrom('missing' as const, 'bucket' as const),
        unit_in: text,
        sync: fc.record({ id: text, version: fc.integer({ min: 0, max: 3 }) }),
        metadata: fc.dictionary(text, fc.oneof(fc.string(), fc.integer()), { minKeys: 1, maxKeys: 3 }),
      },
      { requiredKeys: [] },
    ),
    source: fc.record({
      name: fc.option(text),
      bundle_id: fc.option(text),
      product: fc.constantFrom('Watch6,7', 'iPhone15,2', null),
    }),
    user_entered: fc.boolean(),
    timezone: fc.constantFrom('America/New_York', '+05:30', 'UTC'),
    timezone_source: fc.constantFrom('sample' as const, 'upload' as const, 'offset' as const),
    base_verdict: fc.constantFrom('accepted' as const, 'implausible' as const),
    upload: fc.constantFrom('u1', 'u2', 'u3'),
  })
  .map(({ length, rest, upload, base_verdict, ...sample }) => {
    const isUnknown = sample.type.startsWith('HK')
    const base = isUnknown ? ('unknown' as const) : base_verdict
    const stage = sample.type === 'sleep_analysis'
    return {
      ...sample,
      ...rest,
      value: stage ? Math.floor(sample.value) : sample.value + (sample.type === 'heart_rate' ? 40 : 0),
      unit: metricFor(sample.type)?.unit ?? 'fuel',
      end: rest.extent === 'missing' ? sample.start : sample.start + length,
      base_verdict: base,
      verdict: base,
      upload_ids: [upload],
    }
  })

describe('an export read into an empty account', () => {
  it('is exported again line by line as it was, but for the uploads', () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 25 }), (samples) => {
        const lines = exported(samples)
        expect(exported(imported(lines))).toEqual(lines)
      }),
      { numRuns: 200 },
    )
  })
})
