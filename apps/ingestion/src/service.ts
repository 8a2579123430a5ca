import { TOPICS } from '@clarity/contracts'
import { type EventBus, createPubSubEventBus } from '@clarity/event-bus'
import {
  type Identity,
  type ServiceClient,
  createFirebaseIdentity,
  createPushVerifier,
  createServiceClient,
} from '@clarity/identity'
import { type RawStore, createGcsRawStore } from '@clarity/raw-store'
import { type RecordStore, createFirestoreRecordStore } from '@clarity/record-store'
import { type DocumentedRoute, type Route, type Service, createService } from '@clarity/service-shell'
import type { IngestionConfig } from './config.ts'
import { createCursors } from './cursors.ts'
import { apiDescription } from './routes/api-description.ts'
import { deleteMe } from './routes/delete-me.ts'
import { deleteUpload as deleteUploadRoute } from './routes/delete-upload.ts'
import { deleteConsent, getConsents, putConsent } from './routes/consents.ts'
import { getHealth } from './routes/get-health.ts'
import { getMe } from './routes/get-me.ts'
import { getProcessing } from './routes/get-processing.ts'
import { getProcessingEvents } from './routes/get-processing-events.ts'
import { getSummary } from './routes/get-summary.ts'
import { healthDataRoutes } from './routes/health-data-routes.ts'
import { insightRoutes } from './routes/insight-routes.ts'
import { patRoutes } from './routes/pat-routes.ts'
import { postLogin } from './routes/post-login.ts'
import { postLogout } from './routes/post-logout.ts'
import { postRefresh } from './routes/post-refresh.ts'
import { postRegister } from './routes/post-register.ts'
import { postResetPassword } from './routes/post-reset-password.ts'
import { onRawUploadFinalized } from './routes/on-raw-upload-finalized.ts'
import { postResumableUpload } from './routes/post-resumable-upload.ts'
import { postUpload } from './routes/post-upload.ts'
import { postVerifyEmail } from './routes/post-verify-email.ts'
import { putMe } from './routes/put-me.ts'
import { putUserRole } from './routes/put-user-role.ts'
import { deleteUpload } from './use-cases/delete-upload.ts'
import { describeUser } from './use-cases/describe-user.ts'
import { endSessions } from './use-cases/end-sessions.ts'
import { eraseAccount } from './use-cases/erase-account.ts'
import { ingestUpload } from './use-cases/ingest-upload.ts'
import { openUploadSession } from './use-cases/open-upload-session.ts'
import { receiveObject } from './use-cases/receive-object.ts'
import { subjectOf } from './use-cases/subject-of.ts'
import { summariseRange } from './use-cases/summarise-range.ts'

export interface IngestionParts {
  readonly identity: Identity
  readonly records: RecordStore
  readonly rawStore: RawStore
  readonly bus: EventBus
  readonly analysis: ServiceClient
  readonly insight: ServiceClient
  readonly now: () => Date
}

/** The public API: accounts, uploads and what became of them. `overrides` replace parts of it. */
export function createIngestionService(
  config: IngestionConfig,
  overrides: Partial<IngestionParts> = {},
): Service {
  const parts = createParts(config, overrides)
  const { identity, records, rawStore, bus } = parts
  const cursors = createCursors(config.cursorKey)
  const subject = subjectOf(parts)
  const consentParts = { ...parts, cursors }
  const checks = {
    records: { name: 'record_store', check: () => records.check() },
    raw: { name: 'raw_store', check: (signal: AbortSignal) => rawStore.check(signal) },
    bus: { name: 'event_bus', check: () => bus.check(TOPICS.healthDataProcessing) },
  }
  const api: readonly DocumentedRoute[] = [
    ...accountRoutes(config, parts),
    postUpload(ingestUpload(parts)),
    postResumableUpload(openUploadSession(parts)),
    getProcessing(records, subject),
    getProcessingEvents(records, subject),
    getSummary(summariseRange(records), subject),
    ...healthDataRoutes({
      records,
      cursors,
      subject,
      totals: { includeUserEntered: config.countUserEntered },
    }),
    getHealth('/api/v1/health-data/health', Object.values(checks)),
    ...patRoutes({ records, cursors, subject, analysis: parts.analysis, checks: [checks.records] }),
    ...insightRoutes({ records, cursors, subject, insight: parts.insight, checks: [checks.records] }),
    deleteUploadRoute(deleteUpload(parts)),
    ...[getConsents, putConsent, deleteConsent].map((make) => make(consentParts)),
  ]
  return createService({
    name: 'ingestion',
    config,
    authenticate: (idToken) => identity.verify(idToken),
    readiness: Object.values(checks),
    resources: [records, bus, identity],
    routes: [...api, ...apiDescription(api), onFinalized(config, parts)],
  })
}

function onFinalized({ push }: IngestionConfig, parts: IngestionParts): Route {
  return onRawUploadFinalized({
    verify: createPushVerifier(push),
    bus: parts.bus,
    uploads: parts.records.uploads,
    receive: receiveObject(parts),
    now: parts.now,
  })
}

function createParts(
  { projectId, rawBucket, firebase, userHashKey, services }: IngestionConfig,
  given: Partial<IngestionParts>,
): IngestionParts {
  const { apiKey, certsUrl, emulatorHost } = firebase
  const now = given.now ?? (() => new Date())
  const records = given.records ?? createFirestoreRecordStore({ projectId, userHashKey })
  return {
    identity:
      given.identity ??
      createFirebaseIdentity({ projectId, apiKey, emulatorHost, ...(certsUrl && { certsUrl }) }),
    records: { ...records, uploads: endSessions(records.uploads, now) },
    rawStore: given.rawStore ?? createGcsRawStore({ projectId, bucket: rawBucket }),
    bus: given.bus ?? createPubSubEventBus({ projectId }),
    analysis: given.analysis ?? createServiceClient({ url: services.analysis }),
    insight: given.insight ?? createServiceClient({ url: services.insight }),
    now,
  }
}

function accountRoutes({ authCallsPerMinute }: IngestionConfig, parts: IngestionParts): DocumentedRoute[] {
  const account = {
    ...parts,
    describe: describeUser(parts),
    rateLimit: { limit: authCallsPerMinute, windowSeconds: 60 },
  }
  const made = [
    postRegister,
    postLogin,
    postRefresh,
    postLogout,
    postVerifyEmail,
    postResetPassword,
    getMe,
    putMe,
    putUserRole,
  ].map((make) => make(account))
  return [...made, deleteMe(eraseAccount(parts))]
}
