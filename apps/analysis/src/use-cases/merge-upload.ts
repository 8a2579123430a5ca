import type { UploadReceived } from '@clarity/contracts'
import type { VerdictCounts } from '@clarity/health-data'
import type { Days } from '@clarity/record-store'
import { withSpan } from '@clarity/telemetry'
import type { ReadingBatch } from '../reading/read-upload.ts'
import { createSampleSpool } from '../reading/sample-spool.ts'
import { type UploadOutline, createOutline } from '../reading/upload-outline.ts'
import { type MergeSource, createMergeRounds } from './merge-rounds.ts'

export interface MergedUpload {
  readonly shape: string
  readonly counts: VerdictCounts & { readonly rejected: number }
  /** The person's analysis from now on; null where the upload brought and deleted nothing. */
  readonly analysisId: string | null
}

export interface UploadToMerge {
  readonly upload: UploadReceived
  readonly batches: AsyncIterable<ReadingBatch>
  /** Called once, when all of the body is read and before the last of it is merged. */
  readonly onRead: (outline: UploadOutline) => Promise<void>
}

export type MergeUpload = (body: UploadToMerge) => Promise<MergedUpload>

/**
 * Merges an upload into the person's days while it is read. What is read waits, packed, until the body has ended; of a
 * body larger than may wait, what waits is merged and reading goes on: merging commutes, so a redelivered or concurrent
 * upload ends in the same days. What is merged of a body that breaks half-way stays until
 * it is withdrawn.
 */
export function createMergeUpload(days: Days, source: Omit<MergeSource, 'upload'>): MergeUpload {
  return async ({ upload, batches, onRead }) => {
    const spool = createSampleSpool()
    const outline = createOutline()
    const rounds = createMergeRounds(days, { ...source, upload })
    for await (const batch of batches) {
      const samples = outline.take(batch)
      spool.add(samples, { derivesIds: outline.hasContentIds })
      if (spool.isFull) await withSpan('merge samples', {}, () => rounds.merge(spool))
    }
    await onRead(outline)
    return withSpan('merge samples', {}, async () => {
      const analysisId = await rounds.finish(spool, outline.tombstones)
      const { shape, rejected, byType: by_type } = outline
      return { shape, counts: { ...rounds.tally(), rejected, by_type }, analysisId }
    })
  }
}
