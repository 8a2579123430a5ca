import type { UploadReceived } from '@clarity/contracts'
import type { Tally, VerdictCounts } from '@clarity/health-data'
import type { Days } from '@clarity/record-store'
import { withSpan } from '@clarity/telemetry'
import type { ReadingBatch } from '../reading/read-upload.ts'
import { createSampleSpool } from '../reading/sample-spool.ts'
import { createOutline } from '../reading/upload-outline.ts'
import { type MergeNotes, type MergeSource, createMergeRounds } from './merge-rounds.ts'

export interface MergedUpload {
  readonly shape: string
  readonly counts: VerdictCounts & { readonly rejected: number }
  /** The person's analysis from now on; null where the upload brought and deleted nothing. */
  readonly analysisId: string | null
}

export interface UploadToMerge {
  readonly upload: UploadReceived
  readonly batches: AsyncIterable<ReadingBatch>
  /** The time, RFC 3339, for what is noted in the upload's record. */
  readonly at: () => string
}

export type MergeUpload = (body: UploadToMerge) => Promise<MergedUpload>

/**
 * Merges an upload into the person's days while it is read. What is read waits, packed, until the body has ended; of a
 * body larger than may wait, what waits is merged and reading goes on: merging commutes, so a redelivered or concurrent
 * upload ends in the same days. What is merged of a body that breaks half-way stays until it is withdrawn.
 */
export function createMergeUpload(days: Days, source: Omit<MergeSource, 'upload'>): MergeUpload {
  return async ({ upload, batches, at }) => {
    const spool = createSampleSpool()
    const outline = createOutline()
    const rounds = createMergeRounds(days, { ...source, upload })
    for await (const batch of batches) {
      const samples = outline.take(batch)
      spool.add(samples, { derivesIds: outline.hasContentIds })
      if (spool.isFull) await withSpan('merge samples', {}, () => rounds.merge(spool))
    }
    const { shape, rejections, rejected, byType: by_type } = outline
    const countsOf = (tally: Tally) => ({ ...tally, rejected, by_type })
    const notes: MergeNotes = {
      read: { at: at(), stage: 'parsed', shape, rejections },
      merged: (tally) => ({ at: at(), stage: 'merged', samples: countsOf(tally) }),
    }
    return withSpan('merge samples', {}, async () => {
      const analysisId = await rounds.finish(spool, outline.tombstones, notes)
      return { shape, counts: countsOf(rounds.tally()), analysisId }
    })
  }
}
