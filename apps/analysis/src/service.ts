import { type EventBus, createPubSubEventBus } from '@clarity/event-bus'
import { createPushVerifier, createServiceVerifier } from '@clarity/identity'
import type { TotalsOptions } from '@clarity/health-data'
import { type PatModel, loadPatModel } from '@clarity/pat-model'
import { type RawStore, createGcsRawStore } from '@clarity/raw-store'
import { type RecordStore, createFirestoreRecordStore } from '@clarity/record-store'
import { type Service, createService } from '@clarity/service-shell'
import { TOPICS } from '@clarity/contracts'
import type { AnalysisConfig } from './config.ts'
import { onHealthDataProcessing } from './routes/on-health-data-processing.ts'
import { getModel } from './routes/get-model.ts'
import { postAnalyze } from './routes/post-analyze.ts'
import { postReprocess } from './routes/post-reprocess.ts'
import { createAnalyseRequest } from './use-cases/analyse-request.ts'
import { createAnalyseUpload } from './use-cases/analyse-upload.ts'
import { createDeleteUpload } from './use-cases/delete-upload.ts'
import { createEraseUser } from './use-cases/erase-user.ts'
import { createReprocessUpload } from './use-cases/reprocess-upload.ts'

/** Parts that a test may bring itself. */
export interface AnalysisParts {
  readonly records: RecordStore
  readonly raw: RawStore
  readonly bus: EventBus
  readonly model: PatModel
  readonly now: () => Date
  readonly totals: TotalsOptions
}

/** The private service that turns an upload into days, measures and one analysis. */
export async function createAnalysisService(
  config: AnalysisConfig,
  overrides: Partial<AnalysisParts> = {},
): Promise<Service> {
  const { projectId, userHashKey } = config
  const parts: AnalysisParts = {
    records: overrides.records ?? createFirestoreRecordStore({ projectId, userHashKey }),
    raw: overrides.raw ?? createGcsRawStore({ projectId, bucket: config.rawBucket }),
    bus: overrides.bus ?? createPubSubEventBus({ projectId }),
    model:
      overrides.model ??
      (await loadPatModel({ modelDir: config.modelDir, threads: config.inferenceThreads })),
    now: overrides.now ?? (() => new Date()),
    totals: { includeUserEntered: config.countUserEntered },
  }
  const analyseUpload = createAnalyseUpload(parts)
  const reprocessUpload = createReprocessUpload({ ...parts, analyseUpload })
  const verify = createServiceVerifier(config.internal)
  return createService({
    name: 'analysis',
    config,
    routes: [
      onHealthDataProcessing({
        verify: createPushVerifier(config.push),
        bus: parts.bus,
        uploads: parts.records.uploads,
        analyseUpload,
        deleteUpload: createDeleteUpload({ ...parts, reprocessUpload }),
        eraseUser: createEraseUser(parts),
        now: parts.now,
      }),
      postAnalyze({ verify, analyseRequest: createAnalyseRequest(parts) }),
      getModel({ verify, model: parts.model }),
      postReprocess({
        verify,
        uploads: parts.records.uploads,
        reprocessUpload,
      }),
    ],
    readiness: [
      { name: 'records', check: () => parts.records.check() },
      { name: 'raw', check: (signal) => parts.raw.check(signal) },
      { name: 'bus', check: () => parts.bus.check(TOPICS.mlPredictions) },
    ],
    resources: [parts.records, parts.bus, parts.model],
  })
}
