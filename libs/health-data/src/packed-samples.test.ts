import fc from 'fast-check'
import { packSamples, type Sample, unpackSamples } from './index.ts'
import { at, buildSample, otherApp, phone } from '../tests/build-sample.ts'

const anySample = fc
  .record({
    type: fc.constantFrom('step_count', 'heart_rate', 'workout', 'HKUnheardOf'),
    start: fc.oneof(
      fc.integer({ min: at('0001-01-02T00:00:00Z'), max: at('9999-12-30T00:00:00Z') }),
      fc.integer({ min: 0, max: 5000 }).map((step) => at('2025-03-08T00:00:00Z') + step / 8),
    ),
    length: fc.oneof(fc.integer({ min: -10, max: 1e6 }), fc.constant(0.125), fc.constant(1e14 + 0.3)),
    value: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)),
    source: fc.constantFrom(phone, otherApp, { ...phone, name: 'phone' }),
    rest: fc.record(
      {
        uuid: fc.uuid().map((uuid) => uuid.toUpperCase()),
        unit_in: fc.constantFrom('bpm', ''),
        min: fc.integer(),
        max: fc.integer(),
        sync: fc.record({ id: fc.string(), version: fc.integer() }),
        metadata: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()), { noNullPrototype: true }),
        extent: fc.constantFrom('missing' as const, 'bucket' as const),
        verdict: fc.constantFrom('accepted' as const, 'duplicate' as const, 'deleted' as const),
        upload_ids: fc.constantFrom(['a'], ['a', 'b']),
        own_zone: fc.constant({ timezone: 'Asia/Tokyo', timezone_source: 'upload' as const }),
        user_entered: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ length, rest, ...sample }) => buildSample({ ...sample, ...rest, end: sample.start + length }))

/** As a store gives it back: by way of a text. */
const stored = (samples: readonly Sample[], derivesIds: boolean) =>
  unpackSamples(
    JSON.parse(JSON.stringify(packSamples(samples, { derivesIds }))) as ReturnType<typeof packSamples>,
  )

describe('packed samples', () => {
  it('come back as they were, in their order', () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 30 }), fc.boolean(), (samples, derivesIds) => {
        expect(stored(samples, derivesIds)).toEqual(samples)
      }),
      { numRuns: 500 },
    )
  })

  it('take a fraction of the room of the samples', () => {
    const samples = Array.from({ length: 1000 }, (_, index) =>
      buildSample({ start: at('2025-03-08T00:00:00Z') + index * 5000, value: 60 + (index % 7) }),
    )
    const [packed, derived, plain] = [
      packSamples(samples),
      packSamples(samples, { derivesIds: true }),
      samples,
    ].map((form) => JSON.stringify(form).length) as [number, number, number]
    expect(packed).toBeLessThan(plain / 5)
    expect(derived).toBeLessThan(plain / 20)
  })
})
