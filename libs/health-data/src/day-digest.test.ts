import { dayDigestParts, type Sample } from './index.ts'
import { buildSample, phone } from '../tests/build-sample.ts'

/** What is hashed: the parts one after the other. */
const hashed = (samples: readonly Sample[]) =>
  Buffer.concat(dayDigestParts(samples).map((part) => Buffer.from(part as Uint8Array))).toString('latin1')

const one = buildSample({ start: '2025-03-01T12:00:00Z', value: 0, metadata: { a: 1, b: 2 } })
const two = buildSample({ start: '2025-03-01T13:00:00Z' })

describe('a digest', () => {
  it('does not depend on order, uploads or what is not accepted', () => {
    const others = [
      ...[two, one].map((sample) => ({ ...sample, upload_ids: ['other'] })),
      buildSample({ start: '2025-03-01T12:30:00Z', verdict: 'duplicate' }),
    ]
    expect(hashed(others)).toBe(hashed([one, two]))
  })

  it.each([
    ['the sign of zero', { value: -0 }],
    ['the order of metadata', { metadata: { b: 2, a: 1 } }],
    ['how clients spell a source', { source: { ...one.source, name: 'apple\u00a0watch' } }],
    ['the unit as sent', { unit_in: 'bpm' }],
  ])('does not depend on %s', (_, change: Partial<Sample>) => {
    expect(hashed([{ ...one, ...change }, two])).toBe(hashed([one, two]))
  })

  it('tells apart whatever else differs', () => {
    const changes: Partial<Sample>[] = [
      { id: 'other' },
      { type: 'step_count' },
      { start: one.start + 0.001 },
      { end: one.end + 1 },
      { value: 61 },
      { value: null },
      { value: NaN },
      { min: 5 },
      { max: 5 },
      { min: 5, max: 5 },
      { metadata: { a: 1, b: '2' } },
      { metadata: {} },
      { unit: 'other' },
      { extent: 'bucket' },
      { timezone: 'Asia/Tokyo' },
      { user_entered: true },
      { source: phone },
      { source: { ...one.source, product: 'Watch7,1' } },
    ]
    const digests = changes.map((change) => hashed([{ ...one, ...change }, two]))
    const { metadata, ...plain } = one
    const moved = hashed([plain, { ...two, ...(metadata && { metadata }) }])
    expect(new Set([...digests, hashed([plain, two]), moved, hashed([one]), hashed([one, two])]).size).toBe(
      changes.length + 4,
    )
  })

  it('tells apart which sample has which description', () => {
    const tokyo = 'Asia/Tokyo'
    const [first, last] = [
      hashed([{ ...one, timezone: tokyo }, two]),
      hashed([one, { ...two, timezone: tokyo }]),
    ]
    expect(first).not.toBe(last)
  })

  it('is the same on every machine: numbers are little-endian', () => {
    const numbers = dayDigestParts([two])[1] as Uint8Array
    expect(new DataView(numbers.buffer).getFloat64(0, true)).toBe(two.start)
  })
})
