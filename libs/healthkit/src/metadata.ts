import { workoutActivity } from '@clarity/health-data'
import { isObject, type JsonObject, objectOr } from './json.ts'
import { toNumber } from './quantity.ts'

/** These have fields of their own in a sample. */
const ownFields = new Set(['HKTimeZone', 'HKWasUserEntered'])
const mostKeys = 64
const longestValue = 1000

/** Bounded in depth, so that hostile nesting cannot exhaust the stack. */
function isSmall(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.length <= longestValue
  if (typeof value !== 'object' || value === null) return true
  const inner = Object.values(value)
  return depth < 4 && inner.length <= mostKeys && inner.every((item) => isSmall(item, depth + 1))
}

function isKept(key: string, value: unknown): boolean {
  if (ownFields.has(key) || key.length > 200 || value === null || value === undefined) return false
  return isSmall(value)
}

/** Metadata as sent, without what a sample has fields for and without what no honest client sends; undefined if empty. */
export function keptMetadata(metadata: unknown): JsonObject | undefined {
  if (!isObject(metadata)) return undefined
  const kept: [string, unknown][] = []
  for (const key of Object.keys(metadata)) {
    const value = metadata[key]
    if (kept.length < mostKeys && isKept(key, value)) kept.push([key, value])
  }
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

/**
 * A workout's metadata with the one name of its activity, which clients spell in many ways; where their words also say
 * where it was, these stand beside it as `activity_in`. An unknown activity stays as it is.
 */
export function namedActivity(metadata: unknown): unknown {
  const sent = objectOr(metadata).activity
  const activity = workoutActivity(sent)
  if (!isObject(metadata) || !activity) return metadata
  const named = { ...metadata, activity: activity.name }
  return activity.hasPlace ? { ...named, activity_in: sent } : named
}

/** Whether a person typed the sample in. */
export function wasUserEntered(flag: unknown, metadata: unknown): boolean {
  const sent = flag ?? objectOr(metadata).HKWasUserEntered
  return sent === true || sent === 1 || sent === '1' || sent === 'true'
}

/** The writer's own upsert key, under either spelling of its prefix. */
export function syncOf(metadata: unknown): { id: string; version: number } | undefined {
  if (!isObject(metadata)) return undefined
  const id = metadata.HKSyncIdentifier ?? metadata.HKMetadataKeySyncIdentifier
  if (typeof id !== 'string' || id === '' || id.length > 200) return undefined
  return { id, version: toNumber(metadata.HKSyncVersion ?? metadata.HKMetadataKeySyncVersion) ?? 0 }
}
