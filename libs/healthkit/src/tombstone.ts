import { normalizeUuid } from '@clarity/health-data'
import type { ReadContext } from './context.ts'
import { isObject, join } from './json.ts'
import { type Reading, rejection } from './reading.ts'

/** A deletion by UUID, alone or as `uuid` or `id` of an object: all that HealthKit tells of it. */
export function toTombstone(deleted: unknown, context: ReadContext, path: string): Reading {
  const field = isObject(deleted) && deleted.uuid === undefined && deleted.id !== undefined ? 'id' : 'uuid'
  const id = normalizeUuid(isObject(deleted) ? deleted[field] : deleted)
  if (id === undefined) return rejection(isObject(deleted) ? join(path, field) : path, null, 'is not a UUID')
  return { kind: 'tombstone', tombstone: { id, upload_ids: [context.uploadId] } }
}
