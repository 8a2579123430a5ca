import { mergeIntoShards, mergeTombstones, removeUpload, type Sample, type Shards } from './index.ts'
import { buildSample } from '../tests/build-sample.ts'

const uuid = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`
const start = '2025-03-01T12:00:00Z'
const merge = (
  incoming: readonly Sample[],
  existing: Shards = new Map(),
  tombstones: { id: string; upload_ids: string[] }[] = [],
) => mergeIntoShards({ existing, incoming, tombstones })
const apply = (existing: Shards, changed: Shards): Shards => new Map([...existing, ...changed])
const verdicts = (shards: Shards) =>
  [...shards.values()]
    .flat()
    .map(({ id, verdict, upload_ids }) => `${id.slice(-1)} ${verdict} ${upload_ids.join('+')}`)
const nothing = merge([]).counts

describe('merging', () => {
  it('puts each sample into the shard of the UTC date in which it starts', () => {
    const samples = [
      buildSample({ start: '2025-03-01T23:59:59Z', end: '2025-03-02T01:00:00Z' }),
      buildSample({ start }),
    ]
    const { changed, counts } = merge([...samples, buildSample({ start: '2025-03-02T00:00:00Z' })])
    expect([...changed].map(([date, shard]) => [date, shard.length])).toEqual([
      ['2025-03-01', 2],
      ['2025-03-02', 1],
    ])
    expect(counts).toEqual({ ...nothing, accepted: 3 })
  })

  it('changes nothing when the same upload is merged again', () => {
    const samples = [buildSample({ start, uuid: uuid(1) }), buildSample({ start, value: 70 })]
    const first = merge(samples)
    const again = merge(samples, first.changed)
    expect(again.changed.size).toBe(0)
    expect(again.counts).toEqual(first.counts)
  })

  it('notes who else brought a sample, and counts it as a duplicate', () => {
    const first = merge([buildSample({ start, uuid: uuid(1) })])
    const second = merge([buildSample({ start, uuid: uuid(1), upload_ids: ['upload-2'] })], first.changed)
    expect(verdicts(second.changed)).toEqual(['1 accepted upload-1+upload-2'])
    expect(second.counts).toMatchObject({ accepted: 0, duplicate: 1 })
  })

  it('counts the same content under a second UUID once', () => {
    const { changed, counts } = merge([
      buildSample({ start, uuid: uuid(2) }),
      buildSample({ start, uuid: uuid(1) }),
    ])
    expect(verdicts(changed)).toEqual(['1 accepted upload-1', '2 duplicate upload-1'])
    expect(counts).toMatchObject({ accepted: 1, duplicate: 1 })
  })

  it('sees the same content where one client sends no end', () => {
    const span = { type: 'step_count', value: 40, start }
    const { changed } = merge([
      buildSample({ ...span, end: '2025-03-01T12:10:00Z', uuid: uuid(1) }),
      buildSample({ ...span, extent: 'missing', id: 'content:2' }),
    ])
    expect(verdicts(changed)).toEqual(['1 accepted upload-1', '2 duplicate upload-1'])
  })

  it('lets a tombstone win, whether it comes before or after', () => {
    const sample = buildSample({ start, uuid: uuid(1) })
    const grave = [{ id: uuid(1), upload_ids: ['upload-2'] }]
    const before = merge([sample], new Map(), grave)
    const kept = merge([sample]).changed
    const after = merge([], kept, grave)
    expect(verdicts(before.changed)).toEqual(['1 deleted upload-1'])
    expect(apply(kept, after.changed)).toEqual(before.changed)
    expect(before.counts).toMatchObject({ deleted: 1, accepted: 0 })
  })

  it('lets the twin of a deleted sample stand', () => {
    const twins = [buildSample({ start, uuid: uuid(1) }), buildSample({ start, uuid: uuid(2) })]
    const { changed } = merge(twins, new Map(), [{ id: uuid(1), upload_ids: ['u'] }])
    expect(verdicts(changed)).toEqual(['1 deleted upload-1', '2 accepted upload-1'])
  })

  it('holds the later of two instants that clients tell of one identity', () => {
    const passes = [start, '2025-03-01T13:00:00Z'].map((each) => buildSample({ start: each, uuid: uuid(1) }))
    const held = (samples: Sample[]) =>
      [...merge(samples).changed.values()].flat().find(({ verdict }) => verdict === 'accepted')?.start
    expect([held(passes), held(passes.toReversed())]).toEqual([passes[1]?.start, passes[1]?.start])
  })

  it('holds the highest version of what a writer calls one sample', () => {
    const versions = [2, 10, 1].map((version) =>
      buildSample({
        start,
        value: 60 + version,
        sync: { id: 's', version },
        id: 'sync:1',
        upload_ids: [`u${version}`],
      }),
    )
    expect(verdicts(merge(versions).changed)[0]).toBe('1 accepted u10')
  })

  it('holds the highest version under different UUIDs too', () => {
    const versions = [1, 1, 2].map((version, index) =>
      buildSample({ start, value: 60 + index, sync: { id: 's', version }, uuid: uuid(index + 1) }),
    )
    expect(verdicts(merge(versions).changed)).toEqual(
      ['3 accepted upload-1', '1 duplicate upload-1', '2 duplicate upload-1'].sort(),
    )
  })

  it('holds the zone of the smallest upload id where uploads disagree, and gives it back when that upload goes', () => {
    const from = (upload: string, timezone: string) =>
      buildSample({ start, uuid: uuid(1), timezone, timezone_source: 'upload', upload_ids: [upload] })
    const shards = merge([from('b', 'Europe/Paris'), from('a', 'Asia/Tokyo')]).changed
    const accepted = [...shards.values()].flat().filter(({ verdict }) => verdict === 'accepted')
    expect(accepted).toMatchObject([{ timezone: 'Asia/Tokyo' }])
    const left = [...removeUpload(shards, { uploadId: 'a', tombstones: [] }).values()].flat()
    expect(left).toMatchObject([{ timezone: 'Europe/Paris', verdict: 'accepted', upload_ids: ['b'] }])
  })

  it('finds blood pressure implausible whose diastolic is not below its systolic', () => {
    const pressure = (side: string, value: number) =>
      buildSample({ start, type: `blood_pressure_${side}`, value })
    expect(merge([pressure('systolic', 90), pressure('diastolic', 95)]).counts).toMatchObject({
      implausible: 2,
    })
    expect(merge([pressure('systolic', 120), pressure('diastolic', 80)]).counts).toMatchObject({
      accepted: 2,
    })
  })

  it('holds one of many contents of one identity, in time that grows with their number alone', () => {
    const many = Array.from({ length: 5000 }, (_, value) =>
      buildSample({ start, value: value % 2500, uuid: uuid(1) }),
    )
    const { changed, counts } = merge(many)
    const stored = [...changed.values()].flat()
    expect(stored).toHaveLength(2500)
    expect(stored.filter(({ verdict }) => verdict === 'accepted')).toHaveLength(1)
    expect(counts).toMatchObject({ accepted: 1, duplicate: 4999 })
  })
})

describe('removing an upload', () => {
  it('takes what only it brought and leaves the rest', () => {
    const shards = merge([
      buildSample({ start, uuid: uuid(1) }),
      buildSample({ start, value: 70, uuid: uuid(2), upload_ids: ['upload-1', 'upload-2'] }),
      buildSample({ start: '2025-03-02T12:00:00Z', uuid: uuid(3) }),
    ]).changed
    const changed = removeUpload(shards, { uploadId: 'upload-1', tombstones: [] })
    expect(verdicts(changed)).toEqual(['2 accepted upload-2'])
    expect(changed.get('2025-03-02')).toEqual([])
  })
})

describe('tombstones', () => {
  it('unite by identity', () => {
    const grave = (id: string, ...upload_ids: string[]) => ({ id, upload_ids })
    expect(mergeTombstones([grave('B', 'u1'), grave('A', 'u1')], [grave('B', 'u0')])).toEqual([
      grave('A', 'u1'),
      grave('B', 'u0', 'u1'),
    ])
  })
})
