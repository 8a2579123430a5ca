import { normalizeUuid } from '@clarity/health-data'
import type { ReadContext } from './context.ts'
import { join, objectOr } from './json.ts'
import { type Reading, rejection } from './reading.ts'

/** A deletion by UUID: all that HealthKit tells of it. */
export function toTombstone(deleted: unknown, context: ReadContext, path: string): Reading {
  const id = normalizeUuid(objectOr(deleted).uuid ?? deleted)
  if (id === undefined) return rejection(join(path, 'uuid'), null, 'is not a UUID')
  return { kind: 'tombstone', tombstone: { id, upload_ids: [context.uploadId] } }
}
