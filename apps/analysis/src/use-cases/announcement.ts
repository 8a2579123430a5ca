import { type Analysis, type AnalysisCompleted, TOPICS, messageAttributes } from '@clarity/contracts'
import type { OutgoingMessage } from '@clarity/event-bus'

/** The message that announces an analysis; without an upload where a deletion caused it. */
export function announcementOf(analysis: Analysis, uploadId: string | null): OutgoingMessage {
  const { user_id, analysis_id, digest, window, pat, created_at } = analysis
  const cause = uploadId === null ? undefined : uploadId
  const data: AnalysisCompleted = {
    schema_version: 1,
    ...(cause !== undefined && { upload_id: cause }),
    user_id,
    analysis_id,
    analysis_digest: digest,
    window: { start: window.start, end: window.end },
    model: { name: pat.model.name, sha256: pat.model.sha256 },
    analyzed_at: created_at,
  }
  return {
    topic: TOPICS.mlPredictions,
    data,
    attributes: messageAttributes('analysis.completed', cause),
    orderingKey: user_id,
  }
}
