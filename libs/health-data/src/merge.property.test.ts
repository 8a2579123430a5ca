import fc from 'fast-check'
import {
  dayDigestParts,
  mergeIntoShards,
  mergeTombstones,
  type Sample,
  type Shards,
  shardsOf,
  summariseDays,
  type Tombstone,
} from './index.ts'
import { at, buildSample, otherApp, phone } from '../tests/build-sample.ts'

const types = ['step_count', 'heart_rate', 'sleep_analysis', 'active_energy_burned', 'resting_heart_rate']
const first = at('2025-03-08T00:00:00Z')
const uuidOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Few identities and few instants, so that repeats, twins, conflicts and overlaps are common. */
const anySample = fc
  .record({
    type: fc.constantFrom(...types),
    number: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    minute: fc.integer({ min: 0, max: 600 }),
    length: fc.integer({ min: 0, max: 120 }),
    value: fc.integer({ min: 1, max: 5 }),
    source: fc.constantFrom(phone, otherApp, undefined),
    timezone: fc.constantFrom('America/New_York', 'Europe/London'),
    version: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    extent: fc.constantFrom('missing' as const, 'bucket' as const, undefined, undefined),
  })
  .map(({ number, minute, length, version, extent, source, ...rest }) => {
    const start = first + minute * 5 * 60_000
    return buildSample({
      ...rest,
      ...(source && { source }),
      ...(extent && { extent }),
      ...(version !== undefined && { sync: { id: 'sync', version } }),
      start,
      end: extent === 'missing' ? start : start + length * 60_000,
      ...(number !== undefined && { uuid: uuidOf(number) }),
    })
  })
const anyTombstones = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 4 })

interface Upload {
  readonly samples: readonly Sample[]
  readonly tombstones: readonly Tombstone[]
}

/** Merges uploads one after the other, as the service does: the stored shards, and all tombstones so far. */
function mergeAll(uploads: readonly Upload[]): Shards {
  let shards: Shards = new Map()
  let tombstones: Tombstone[] = []
  for (const upload of uploads) {
    tombstones = mergeTombstones(tombstones, upload.tombstones)
    const { changed } = mergeIntoShards({ existing: shards, incoming: upload.samples, tombstones })
    shards = new Map([...shards, ...changed])
  }
  return new Map([...shards].sort(([left], [right]) => (left < right ? -1 : 1)))
}

function toUpload(name: string, samples: readonly Sample[], buried: readonly number[] = []): Upload {
  return {
    samples: samples.map((sample) => ({ ...sample, upload_ids: [name] })),
    tombstones: buried.map((number) => ({ id: uuidOf(number), upload_ids: [name] })),
  }
}

function days(shards: Shards) {
  const samples = [...shards.values()].flat()
  const dates = ['2025-03-07', '2025-03-08', '2025-03-09', '2025-03-10', '2025-03-11']
  return {
    rows: summariseDays(dates, samples).map((row) => ({ ...row, upload_ids: [] })),
    digest: dayDigestParts(samples),
  }
}

describe('merging, whatever comes', () => {
  it('is commutative: uploads in any order give the same shards', () => {
    const anyUploads = fc.array(fc.tuple(fc.array(anySample, { maxLength: 25 }), anyTombstones), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(anyUploads, fc.infiniteStream(fc.nat()), (parts, keys) => {
        const uploads = parts.map(([samples, buried], index) => toUpload(`upload-${index}`, samples, buried))
        const shuffled = uploads
          .map((upload) => ({ upload, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ upload }) => upload)
        expect(mergeAll(shuffled)).toEqual(mergeAll(uploads))
      }),
      { numRuns: 1000 },
    )
  })

  it('is idempotent: uploads that come twice change nothing', () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 40 }), anyTombstones, (samples, buried) => {
        const upload = toUpload('upload-1', samples, buried)
        expect(mergeAll([upload, upload])).toEqual(mergeAll([upload]))
      }),
      { numRuns: 200 },
    )
  })

  it('gives the same days and digest however samples are split over uploads, with any duplicates', () => {
    const splits = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 40 }), anyTombstones, splits, (drawn, buried, split) => {
        // One zone an identity: where uploads disagree on it, their ids decide, and those are not the same here.
        const samples = drawn.map((sample) => ({ ...sample, timezone: 'America/New_York' }))
        const whole = mergeAll([toUpload('all', samples, buried)])
        const parts = [0, 1, 2, 3, 4].map((part) =>
          samples.filter((_, index) => split[index % split.length] === part),
        )
        const pieces = parts.map((part, index) =>
          toUpload(`piece-${9 - index}`, part, index === 2 ? buried : []),
        )
        const repeated = toUpload('again', samples.slice(0, 10))
        expect(days(mergeAll([...pieces, repeated]))).toEqual(days(whole))
      }),
      { numRuns: 3000 },
    )
  })

  it('keeps every sample that came, and none twice under one identity as accepted', () => {
    fc.assert(
      fc.property(fc.array(anySample, { maxLength: 60 }), (samples) => {
        const stored = [...mergeAll([toUpload('u', samples)])].flatMap(([date, shard]) => {
          expect(shard.every(({ start }) => new Date(start).toISOString().startsWith(date))).toBe(true)
          return shard
        })
        expect(new Set(stored.map(({ id }) => id))).toEqual(new Set(samples.map(({ id }) => id)))
        for (const shard of shardsOf(stored).values()) {
          const accepted = shard.filter(({ verdict }) => verdict === 'accepted').map(({ id }) => id)
          expect(new Set(accepted).size).toBe(accepted.length)
        }
      }),
      { numRuns: 200 },
    )
  })
})
