import type { TotalsOptions } from '@clarity/health-data'
import type { PatModel } from '@clarity/pat-model'
import type { RecordStore } from '@clarity/record-store'
import { withSpan } from '@clarity/telemetry'
import { currentAfter } from '../measures/analysis-window.ts'
import { subtractUpload } from '../measures/subtract-upload.ts'

/** UTC dates of one transaction: what they hold stays far below Firestore's 10 MiB a commit. */
const DATES_PER_TRANSACTION = 7

export interface UploadRef {
  readonly userId: string
  readonly uploadId: string
}

export interface WithdrawUploadParts {
  readonly records: Pick<RecordStore, 'days' | 'deletions'>
  readonly model: Pick<PatModel, 'identity'>
  readonly totals: TotalsOptions
}

/** The current analysis once the upload is gone; null where it lay nowhere, or nothing is left. */
export type WithdrawUpload = (upload: UploadRef) => Promise<string | null>

/**
 * Takes an upload away from every day that it reached, some dates a transaction; the last one also names the current
 * analysis. Repeating it ends in the same days, whether or not the first try came to its end.
 */
export function createWithdrawUpload({ records, model, totals }: WithdrawUploadParts): WithdrawUpload {
  const { days, deletions } = records
  const modelSha256 = model.identity
  return ({ userId, uploadId }) =>
    withSpan('subtract samples', {}, async () => {
      const { utcDates, buries } = await deletions.reach(userId, uploadId)
      if (buries) await deletions.withdrawTombstones(userId, uploadId)
      // A tombstone names an id alone: its sample may lie on any date that holds deleted ones.
      const dates = buries
        ? [...new Set([...utcDates, ...(await days.sampleDates(userId, { deleted: true }))])].sort()
        : utcDates
      let rest: string | null = null
      for (let start = 0; start < dates.length; start += DATES_PER_TRANSACTION) {
        const isLast = start + DATES_PER_TRANSACTION >= dates.length
        await days.merge(userId, {
          uploadId: null,
          utcDates: dates.slice(start, start + DATES_PER_TRANSACTION),
          build: async (state) => {
            const merged = await subtractUpload(state, uploadId, totals)
            if (!isLast) return merged.result
            const user = await currentAfter(state.read, merged.result, { userId, modelSha256 })
            rest = user.current_analysis_id
            return { ...merged.result, user }
          },
        })
      }
      return rest
    })
}
