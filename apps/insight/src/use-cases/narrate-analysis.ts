import { type AnalysisCompleted, type Insight, TOPICS, messageAttributes } from '@clarity/contracts'
import type { EventBus } from '@clarity/event-bus'
import { notFound } from '@clarity/failure'
import type { RecordStore, UploadRecord } from '@clarity/record-store'
import { orderOf } from '../domain/insight-order.ts'
import type { InsightEvents } from '../events.ts'
import type { Turns } from '../turns.ts'
import type { MakeInsight } from './make-insight.ts'

export interface NarrateAnalysisParts {
  readonly records: Pick<RecordStore, 'analyses' | 'insights' | 'uploads' | 'users'>
  readonly bus: Pick<EventBus, 'publish'>
  readonly makeInsight: MakeInsight
  readonly turns: Turns
  /** The model that is asked: part of the insight's identity. */
  readonly model: string
  readonly events: InsightEvents
  readonly now: () => Date
}

export type NarrateAnalysis = (event: AnalysisCompleted, signal: AbortSignal) => Promise<void>

/** Whose upload made the analysis; without an id where no upload waits for it. */
interface UploadRef {
  readonly userId: string
  readonly uploadId: string | undefined
}

/**
 * A completed analysis gets its insight: written once, announced, and named by its upload.
 *
 * Each step may be repeated, so the same message again ends where the first one would have. An analysis that is no
 * longer the person's current one gets none, and costs no model call; one person's analyses take turns.
 */
export function createNarrateAnalysis(parts: NarrateAnalysisParts): NarrateAnalysis {
  const { records, makeInsight, turns, model, events } = parts
  return ({ user_id: userId, analysis_id: analysisId, upload_id: uploadId }, signal) => {
    const upload = { userId, uploadId }
    return turns.take(userId, async () => {
      const waiting = uploadId === undefined ? undefined : await waitingUpload(parts, userId, uploadId)
      if (waiting === null) return
      const current = (await records.users.get(userId))?.current_analysis_id ?? analysisId
      if (current !== analysisId) {
        await complete(parts, upload, { superseded_by: current })
        events.analysisSuperseded(analysisId)
        return
      }
      const analysis = await records.analyses.get(userId, analysisId)
      if (!analysis) throw notFound({ code: 'analysis_missing', detail: 'The analysis does not exist.' })
      const insight = await makeInsight(userId, orderOf(analysis, { model }), signal)
      await announce(parts, upload, insight)
      await complete(parts, upload, { stage: 'narrated', insight_id: insight.insight_id })
      if (waiting) events.uploadNarrated(parts.now().getTime() - storedAt(waiting))
    })
  }
}

/** Null where the upload is gone or done; an upload that failed here before goes on. */
async function waitingUpload(
  { records }: NarrateAnalysisParts,
  userId: string,
  uploadId: string,
): Promise<UploadRecord | null> {
  const upload = await records.uploads.resume(userId, uploadId, 'stage')
  return upload === null || upload.status === 'completed' ? null : upload
}

/** When the bytes were stored, or put there to be read anew: from then on the wait is ours. */
function storedAt({ stages, received_at }: UploadRecord): number {
  return Date.parse(stages.find(({ name }) => name === 'stored')?.completed_at ?? received_at)
}

async function announce(
  { records, bus, now }: NarrateAnalysisParts,
  { userId, uploadId }: UploadRef,
  { insight_id, analysis_id, source, generated_at }: Insight,
): Promise<void> {
  if ((await records.insights.publishedAt(userId, insight_id)) !== null) return
  await bus.publish({
    topic: TOPICS.userInsights,
    data: { schema_version: 1, user_id: userId, insight_id, analysis_id, source, generated_at },
    attributes: messageAttributes('insight.generated', uploadId),
    orderingKey: userId,
  })
  await records.insights.markPublished(userId, insight_id, now().toISOString())
}

async function complete(
  { records, now }: NarrateAnalysisParts,
  { userId, uploadId }: UploadRef,
  outcome: { stage: 'narrated'; insight_id: string } | { superseded_by: string },
): Promise<void> {
  if (uploadId === undefined) return
  await records.uploads.advance(userId, uploadId, {
    ...outcome,
    status: 'completed',
    at: now().toISOString(),
  })
}
