import { counter, histogram, logger } from '@clarity/telemetry'

const uploads = counter('clarity_uploads_analysed_total', {
  description: 'Uploads that analysis handled, by outcome.',
  unit: '{upload}',
})
const requests = counter('clarity_requests_analysed_total', {
  description: 'Requests for an analysis at once, by whether the model had its say.',
  unit: '{request}',
})
const erasures = counter('clarity_erasures_total', {
  description: 'People erased, and removals that failed, by outcome.',
  unit: '{erasure}',
})
const samples = counter('clarity_samples_total', {
  description: 'Samples read from uploads, by verdict.',
  unit: '{sample}',
})
const inference = histogram('clarity_inference_duration_seconds', {
  description: 'Time of one inference of the actigraphy model, queueing included.',
  unit: 's',
  buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
})

const VERDICTS = ['accepted', 'duplicate', 'implausible', 'deleted', 'unknown', 'rejected'] as const
type Verdicts = Readonly<Record<(typeof VERDICTS)[number], number>>

/** What happens in this service, each one log line and one metric. */
export const events = {
  uploadRead(fields: { shape: string; counts: Verdicts }): void {
    for (const verdict of VERDICTS) {
      const count = fields.counts[verdict]
      if (count > 0) samples.add(count, { verdict })
    }
    logger.info({ event: 'upload.read', shape: fields.shape }, 'upload read')
  },
  uploadAnalysed(fields: { analysisId: string; created: boolean; pat: 'computed' | 'abstained' }): void {
    uploads.add(1, { outcome: 'analysed' })
    logger.info(
      {
        event: 'upload.analysed',
        analysis_id: fields.analysisId,
        existed: !fields.created,
        stage: `pat_${fields.pat}`,
      },
      'upload analysed',
    )
  },
  requestAnalysed(fields: { analysisId: string; created: boolean; pat: 'computed' | 'abstained' }): void {
    requests.add(1, { pat: fields.pat })
    logger.info(
      {
        event: 'request.analysed',
        analysis_id: fields.analysisId,
        existed: !fields.created,
        stage: `pat_${fields.pat}`,
      },
      'request analysed',
    )
  },
  uploadWithoutSamples(): void {
    uploads.add(1, { outcome: 'empty' })
    logger.info({ event: 'upload.empty' }, 'upload held nothing to analyse')
  },
  uploadRejected(fields: { kind: string; code: string }): void {
    uploads.add(1, { outcome: 'rejected' })
    logger.warn(
      { event: 'upload.rejected', failure_kind: fields.kind, failure_code: fields.code },
      'upload rejected',
    )
  },
  uploadRemoved(fields: { analyses: number }): void {
    uploads.add(1, { outcome: 'removed' })
    logger.info({ event: 'upload.removed', count: fields.analyses }, 'deleted upload removed')
  },
  userErased(): void {
    erasures.add(1, { outcome: 'erased' })
    logger.info({ event: 'user.erased' }, 'person erased')
  },
  removalRejected(fields: { eventType: string; code: string }): void {
    erasures.add(1, { outcome: 'rejected' })
    logger.error({ event: `${fields.eventType}.rejected`, failure_code: fields.code }, 'removal rejected')
  },
  removalExhausted(fields: { eventType: string }): void {
    erasures.add(1, { outcome: 'exhausted' })
    logger.error(
      { event: `${fields.eventType}.exhausted` },
      'removal given up after the last delivery attempt',
    )
  },
  uploadExhausted(): void {
    uploads.add(1, { outcome: 'exhausted' })
    logger.error({ event: 'upload.exhausted' }, 'upload given up after the last delivery attempt')
  },
  inferred(seconds: number): void {
    inference.record(seconds)
  },
}
