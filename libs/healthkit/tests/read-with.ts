import type { Rejection, Sample, Tombstone } from '@clarity/health-data'
import type { ReadContext, Reading, Shape } from '../src/index.ts'

export const context: ReadContext = {
  uploadId: 'upload-1',
  receivedAt: Date.parse('2025-03-20T00:00:00Z'),
}

interface Sorted {
  readonly samples: Sample[]
  readonly tombstones: Tombstone[]
  readonly rejections: Rejection[]
}

export function sorted(readings: Iterable<Reading>): Sorted {
  const all: Sorted = { samples: [], tombstones: [], rejections: [] }
  for (const reading of readings) {
    if (reading.kind === 'sample') all.samples.push(reading.sample)
    else if (reading.kind === 'tombstone') all.tombstones.push(reading.tombstone)
    else all.rejections.push(reading.rejection)
  }
  return all
}

/** Everything that a shape reads from a body, sorted by kind. */
export function readWith(shape: Shape, root: unknown, more: Partial<ReadContext> = {}): Sorted {
  return sorted(shape.read(root, { ...context, ...more }, ''))
}
