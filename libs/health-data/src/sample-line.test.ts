import { buildSample } from '../tests/build-sample.ts'
import { mergeIntoShards, representatives, sampleLineSchema, toSampleLine } from './index.ts'

describe('the line of a sample', () => {
  it('has the fields of the contract, and the smallest of its uploads', () => {
    const sample = buildSample({
      id: 'A',
      start: 1_741_410_000_000.449,
      end: '2025-03-08T06:00:00Z',
      upload_ids: ['u1', 'u2'],
    })
    expect(toSampleLine(sample)).toEqual({
      id: 'A',
      type: 'heart_rate',
      start: '2025-03-08T05:00:00.000449Z',
      end: '2025-03-08T06:00:00.000Z',
      value: 60,
      unit: 'count/min',
      source: { name: 'Apple Watch', bundle_id: null, product: 'Watch6,7' },
      user_entered: false,
      upload_id: 'u1',
      verdict: 'accepted',
      timezone: 'UTC',
      timezone_source: 'none',
    })
  })

  it('has everything else that the sample has', () => {
    const line = toSampleLine(
      buildSample({
        start: 0,
        min: 50,
        max: 70,
        extent: 'bucket',
        unit_in: 'bpm',
        sync: { id: 's', version: 2 },
        metadata: { HKAlgorithmVersion: 2 },
        base_verdict: 'implausible',
        verdict: 'duplicate',
      }),
    )
    expect(line).toMatchObject({
      min: 50,
      max: 70,
      extent: 'bucket',
      unit_in: 'bpm',
      sync: { id: 's', version: 2 },
      metadata: { HKAlgorithmVersion: 2 },
      base_verdict: 'implausible',
      verdict: 'duplicate',
    })
    expect(sampleLineSchema.parse(line)).toEqual(line)
  })

  it('says the zone that holds where uploads disagree', () => {
    const sent = (upload: string, timezone: string) =>
      buildSample({ id: 'A', start: '2025-03-08T06:00:00Z', timezone, upload_ids: [upload] })
    const { changed } = mergeIntoShards({
      existing: new Map(),
      incoming: [sent('u2', 'Europe/London'), sent('u1', 'Asia/Tokyo')],
      tombstones: [],
    })
    const lines = representatives(changed.get('2025-03-08') ?? []).map(toSampleLine)
    expect(lines.map(({ timezone }) => timezone)).toEqual(['Asia/Tokyo'])
  })
})

describe('the representatives of a shard', () => {
  it('are one for each identity, the one that counts', () => {
    const incoming = [3, 1, 2].map((version) =>
      buildSample({ id: 'sync:a', start: version * 1000, sync: { id: 'a', version }, value: 60 + version }),
    )
    const { changed } = mergeIntoShards({ existing: new Map(), incoming, tombstones: [] })
    const [shard = []] = changed.values()
    expect(shard).toHaveLength(3)
    expect(representatives(shard).map(({ value, verdict }) => [value, verdict])).toEqual([[63, 'accepted']])
  })

  it('stay though they repeat the content of another identity', () => {
    const incoming = ['B', 'A'].map((id) => buildSample({ id, start: 0 }))
    const { changed } = mergeIntoShards({ existing: new Map(), incoming, tombstones: [] })
    const [shard = []] = changed.values()
    expect(representatives(shard).map(({ id, verdict }) => [id, verdict])).toEqual([
      ['A', 'accepted'],
      ['B', 'duplicate'],
    ])
  })
})
