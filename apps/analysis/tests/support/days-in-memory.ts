import type { Sample, Tombstone } from '@clarity/health-data'
import type { Days, Merge, MergeReader, MergeResult, SampleShard, WantedSamples } from '@clarity/record-store'
import { mergeState } from '../measure-fixtures.ts'

/** Days in memory, how many dates each transaction touched, which it read besides, and what it named as current. */
export function daysInMemory() {
  const shards = new Map<string, SampleShard>()
  const days = new Map<string, MergeResult['days'][number]>()
  const tombstones = new Map<string, Tombstone>()
  const touched: number[] = []
  const readBesides: string[] = []
  const current: (string | null)[] = []
  const state = (utcDates: readonly string[]) =>
    mergeState(
      {
        shards: [...shards.values()],
        days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
        tombstones: [...tombstones.values()],
      },
      utcDates,
    )
  const store = {
    async merge(_user: string, merge: Merge) {
      const { read, ...held } = state(merge.utcDates)
      const shardsBesides: MergeReader['shards'] = async (...asked) => {
        const found = await read.shards(...asked)
        readBesides.push(...found.map(({ utc_date }) => utc_date))
        return found
      }
      const result = await merge.build({ ...held, read: { ...read, shards: shardsBesides } })
      if (result.user) current.push(result.user.current_analysis_id)
      touched.push(merge.utcDates.length)
      for (const shard of result.shards) shards.set(shard.utc_date, shard)
      for (const day of result.days) days.set(day.date, day)
      for (const date of result.removedDays ?? []) days.delete(date)
      return result
    },
    async bury(_user: string, uploadId: string, identities: readonly string[]) {
      for (const id of identities) {
        tombstones.set(id, { id, upload_ids: [...(tombstones.get(id)?.upload_ids ?? []), uploadId] })
      }
    },
    async sampleDates(_user: string, { identities, deleted }: WantedSamples = {}) {
      const isWanted = ({ id, verdict }: Sample) =>
        (!identities || identities.includes(id)) && (!deleted || verdict === 'deleted')
      return [...shards.values()]
        .filter(({ samples }) => samples.some(isWanted))
        .map(({ utc_date }) => utc_date)
    },
  }
  const read: MergeReader = {
    days: (start, end) => state([]).read.days(start, end),
    lastDays: (count) => state([]).read.lastDays(count),
    shards: (...asked) => state([]).read.shards(...asked),
    holding: (syncIdentities) => state([]).read.holding(syncIdentities),
    tombstones: (ids) => state([]).read.tombstones(ids),
  }
  return { store: store as unknown as Days, read, days, touched, readBesides, current }
}
