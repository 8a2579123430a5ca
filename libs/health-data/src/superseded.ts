import { syncIdentity } from './identity.ts'
import type { Sample } from './sample.ts'

/** What was sent of one identity on one date under one sync identity: of its copies the newest counts. */
interface Mention {
  readonly date: number
  readonly id: string
  readonly entries: Sample[]
  version: number
  start: number
}

/**
 * Entries that others outdate: of one writer's under one sync identifier all but those of the highest version, and of
 * one identity that has it on several dates all but the last. `dates` are the entries of each date, every copy of an
 * identity among them: clients name the writer of one sample differently, and which copy stands for it must not matter.
 */
export function superseded(dates: readonly (readonly Sample[])[]): Set<Sample> {
  const beaten = new Set<Sample>()
  for (const mentions of mentionsOf(dates).values()) {
    const newest = new Map<string, Mention>()
    const highest = mentions.reduce((version, mention) => Math.max(version, mention.version), -Infinity)
    for (const mention of mentions) {
      const known = newest.get(mention.id)
      if (!known || isNewer(mention, known)) newest.set(mention.id, mention)
    }
    for (const mention of mentions) {
      if (mention.version === highest && newest.get(mention.id) === mention) continue
      for (const entry of mention.entries) beaten.add(entry)
    }
  }
  return beaten
}

function isNewer(left: Mention, right: Mention): boolean {
  return left.version === right.version ? left.start > right.start : left.version > right.version
}

/** What was sent under each sync identity. */
function mentionsOf(dates: readonly (readonly Sample[])[]): Map<string, Mention[]> {
  const known = new Map<string, Mention>()
  const bySync = new Map<string, Mention[]>()
  for (const [date, entries] of dates.entries()) {
    for (const entry of entries) {
      const { id, type, source, start, sync } = entry
      if (!sync) continue
      const key = syncIdentity({ type, source, sync })
      const place = `${key}|${date}|${id}`
      const mention = known.get(place)
      if (mention) {
        mention.entries.push(entry)
        mention.version = Math.max(mention.version, sync.version)
        mention.start = Math.max(mention.start, start)
        continue
      }
      const first: Mention = { date, id, start, version: sync.version, entries: [entry] }
      known.set(place, first)
      const others = bySync.get(key)
      if (others) others.push(first)
      else bySync.set(key, [first])
    }
  }
  return bySync
}
