import type { Tombstone } from '@clarity/health-data'
import type { Days, Merge, MergeResult, SampleShard, UserSettings } from '@clarity/record-store'
import { mergeState } from '../measure-fixtures.ts'

/** Days in memory, how many dates each transaction touched, and which dates it read besides. */
export function daysInMemory() {
  const shards = new Map<string, SampleShard>()
  const days = new Map<string, MergeResult['days'][number]>()
  const tombstones = new Map<string, Tombstone>()
  const touched: number[] = []
  const readBesides: string[] = []
  let user: UserSettings | null = null
  const store = {
    async merge(_user: string, merge: Merge) {
      const state = mergeState(
        { shards: [...shards.values()], days: [...days.values()], tombstones: [...tombstones.values()] },
        merge.utcDates,
      )
      const shardsBesides = (dates: readonly string[]) => {
        readBesides.push(...dates)
        return state.read.shards(dates)
      }
      const result = await merge.build({ ...state, user, read: { ...state.read, shards: shardsBesides } })
      if (result.user) user = { ...user, ...result.user } as UserSettings
      touched.push(merge.utcDates.length)
      for (const shard of result.shards) shards.set(shard.utc_date, shard)
      for (const day of result.days) days.set(day.date, day)
      for (const date of result.removedDays ?? []) days.delete(date)
      for (const tombstone of result.tombstones ?? []) tombstones.set(tombstone.id, tombstone)
      return result
    },
    sampleDates: () => Promise.resolve([...shards.keys()]),
    samples: (_user: string, dates: readonly string[]) =>
      Promise.resolve(dates.flatMap((date) => shards.get(date) ?? [])),
  }
  return { store: store as unknown as Days, days, touched, readBesides }
}
