import { type Rejection, type Sample, type Tombstone, addTypeCount } from '@clarity/health-data'
import type { ReadingBatch } from './read-upload.ts'
import { appleExportShape } from './read-xml.ts'

const mostRejections = 100
/** More are refused: HealthKit forgets deletions after a while, and no client has ever named as many. */
const mostTombstones = 100_000

/** What is known of a body besides its samples. */
export interface UploadOutline {
  readonly shape: string
  /** The first hundred. */
  readonly rejections: readonly Rejection[]
  readonly rejected: number
  readonly tombstones: readonly Tombstone[]
  /** Samples read, by type. */
  readonly byType: Readonly<Record<string, number>>
  /** Whether no sample of this shape has an identity but its content. */
  readonly hasContentIds: boolean
}

/** Takes an upload's readings as they come, keeps what is not a sample, and answers the samples. */
export function createOutline(): UploadOutline & { take(batch: ReadingBatch): Sample[] } {
  const rejections: Rejection[] = []
  const tombstones: Tombstone[] = []
  const byType: Record<string, number> = {}
  let shape = ''
  let rejected = 0
  const refuse = (refusal: Rejection) => {
    rejected += 1
    if (rejections.length < mostRejections) rejections.push(refusal)
  }
  return {
    get shape() {
      return shape
    },
    get rejected() {
      return rejected
    },
    get hasContentIds() {
      return shape === appleExportShape
    },
    rejections,
    tombstones,
    byType,
    take(batch) {
      shape = batch.shape ?? shape
      const samples: Sample[] = []
      for (const reading of batch.readings) {
        if (reading.kind === 'sample') {
          samples.push(reading.sample)
          addTypeCount(byType, reading.sample.type, 1)
        } else if (reading.kind === 'rejection') refuse(reading.rejection)
        else if (tombstones.length < mostTombstones) tombstones.push(reading.tombstone)
        else refuse({ path: '', type: null, reason: 'is one deletion more than an upload may name' })
      }
      return samples
    },
  }
}
