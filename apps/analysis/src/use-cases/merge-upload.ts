import type { UploadReceived } from '@clarity/contracts'
import { type Sample, type Tombstone, type VerdictCounts, addTypeCount, shardsOf } from '@clarity/health-data'
import type { Days } from '@clarity/record-store'
import { withSpan } from '@clarity/telemetry'
import { type AnalysisInput, chooseInput } from '../measures/analysis-input.ts'
import { mergeDays } from '../measures/merge-days.ts'

/** UTC dates of one transaction: what they hold stays far below Firestore's 10 MiB a commit. */
const DATES_PER_TRANSACTION = 7

export interface UploadSamples {
  readonly samples: readonly Sample[]
  readonly tombstones: readonly Tombstone[]
}

export interface MergedUpload {
  readonly counts: VerdictCounts
  /** The analysis's input as of the last transaction; null where the upload neither brought nor deleted a sample. */
  readonly window: AnalysisInput | null
}

export type MergeUpload = (upload: UploadReceived, body: UploadSamples) => Promise<MergedUpload>

/**
 * Merges an upload into the person's days, some dates a transaction. Merging commutes, so a redelivered or
 * concurrent upload ends in the same days; the last transaction also names the current analysis.
 */
export function createMergeUpload(days: Days, modelSha256: string): MergeUpload {
  return (upload, body) =>
    withSpan('merge samples', {}, async () => {
      const shards = shardsOf(body.samples)
      const dates = await datesToMerge(days, {
        userId: upload.user_id,
        uploadId: upload.upload_id,
        body,
        shards,
      })
      const counts = createCounts()
      let window: AnalysisInput | null = null
      let deletes = false
      for (const utcDates of batchesOf(dates)) {
        const incoming = utcDates.flatMap((date) => shards.get(date) ?? [])
        const isLast = utcDates.at(-1) === dates.at(-1)
        const sampleIds = [...incoming.map(({ id }) => id), ...body.tombstones.map(({ id }) => id)]
        let batchCounts: VerdictCounts = createCounts()
        let batchDeletes = false
        await days.merge(upload.user_id, {
          uploadId: upload.upload_id,
          utcDates,
          sampleIds,
          build: async (state) => {
            const merged = await mergeDays(state, { incoming, tombstones: body.tombstones })
            batchCounts = merged.counts
            batchDeletes = merged.deletes
            if (!isLast || !(deletes || batchDeletes || isUsable(sum(counts, batchCounts))))
              return merged.result
            window = await chooseInput(state, { merged, userId: upload.user_id, modelSha256 })
            return window === null
              ? merged.result
              : { ...merged.result, user: { current_analysis_id: window.analysisId } }
          },
        })
        Object.assign(counts, sum(counts, batchCounts))
        deletes ||= batchDeletes
      }
      return { counts, window }
    })
}

function batchesOf(dates: readonly string[]): string[][] {
  const count = Math.ceil(dates.length / DATES_PER_TRANSACTION)
  return Array.from({ length: count }, (_, index) =>
    dates.slice(index * DATES_PER_TRANSACTION, (index + 1) * DATES_PER_TRANSACTION),
  )
}

interface Arrival {
  readonly userId: string
  readonly uploadId: string
  readonly body: UploadSamples
  readonly shards: ReadonlyMap<string, readonly Sample[]>
}

/**
 * The UTC dates that an upload can change. A deletion names an id alone: where this upload does not bring the sample,
 * any date may hold it. Deletions are stored first, so that they meet a sample that another upload brings meanwhile.
 */
async function datesToMerge(days: Days, { userId, uploadId, body, shards }: Arrival): Promise<string[]> {
  const { samples, tombstones } = body
  const brought = new Set(samples.map(({ id }) => id))
  if (tombstones.every(({ id }) => brought.has(id))) return [...shards.keys()].sort()
  await days.merge(userId, {
    uploadId,
    utcDates: [],
    sampleIds: tombstones.map(({ id }) => id),
    build: async (state) => (await mergeDays(state, { incoming: [], tombstones })).result,
  })
  return [...new Set([...shards.keys(), ...(await days.sampleDates(userId))])].sort()
}

function isUsable({ accepted, duplicate, deleted }: VerdictCounts): boolean {
  return accepted + duplicate + deleted > 0
}

function createCounts() {
  return { accepted: 0, duplicate: 0, implausible: 0, deleted: 0, unknown: 0, by_type: {} }
}

function sum(left: VerdictCounts, right: VerdictCounts): VerdictCounts {
  const by_type = { ...left.by_type }
  for (const [type, count] of Object.entries(right.by_type)) addTypeCount(by_type, type, count)
  return {
    accepted: left.accepted + right.accepted,
    duplicate: left.duplicate + right.duplicate,
    implausible: left.implausible + right.implausible,
    deleted: left.deleted + right.deleted,
    unknown: left.unknown + right.unknown,
    by_type,
  }
}
