import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceName } from './service-process.ts'
import { testkitConfig } from './config.ts'

const MODEL_DIR = join(import.meta.dirname, '../../../models/pat-s')
/** No secret: it keeps pseudonyms stable over restarts on one machine. */
const LOCAL_KEY = 'local-only-key-0123456789abcdef'

export interface ServiceSurroundings {
  readonly urls: Readonly<Record<ServiceName, string>>
  readonly http: number
  readonly metrics: number
  readonly projectId: string
  readonly bucket: string
  /** The variables with which a service finds the local cloud. */
  readonly cloud: Readonly<Record<string, string>>
}

/** The environment of one service on this machine: what Cloud Run and Terraform would set, pointed at the local cloud. */
export function serviceEnvironment(
  name: ServiceName,
  surroundings: ServiceSurroundings,
): Record<string, string> {
  const { urls, http, metrics, projectId, bucket, cloud } = surroundings
  return {
    ...testkitConfig.inherited,
    ...cloud,
    NODE_COMPILE_CACHE: join(tmpdir(), 'clarity-compile-cache'),
    OTEL_SERVICE_NAME: name,
    PORT: String(http),
    METRICS_PORT: String(metrics),
    GOOGLE_CLOUD_PROJECT: projectId,
    USER_HASH_KEY: LOCAL_KEY,
    ...own[name]({ urls, projectId, bucket }),
  }
}

/** The account whose tokens a service's push subscription sends. */
export function pushAccount(name: ServiceName, projectId: string): string {
  return `clarity-push-${name}@${projectId}.iam.gserviceaccount.com`
}

/** The account in whose name internal routes are called. */
function internalCaller(projectId: string): string {
  return `clarity-ingestion@${projectId}.iam.gserviceaccount.com`
}

type Given = Pick<ServiceSurroundings, 'urls' | 'projectId' | 'bucket'>

const push = (name: ServiceName, { urls, projectId }: Given) => ({
  PUSH_AUDIENCE: urls[name],
  PUSH_SERVICE_ACCOUNT: pushAccount(name, projectId),
})

type Own = (given: Given) => Record<string, string>

const own: Readonly<Record<ServiceName, Own>> = {
  ingestion: (given) => ({
    RAW_BUCKET: given.bucket,
    FIREBASE_API_KEY: 'local-api-key',
    CURSOR_KEY: LOCAL_KEY,
    ANALYSIS_URL: given.urls.analysis,
    INSIGHT_URL: given.urls.insight,
    ...push('ingestion', given),
  }),
  analysis: (given) => ({
    RAW_BUCKET: given.bucket,
    MODEL_DIR,
    INTERNAL_SERVICE_ACCOUNT: internalCaller(given.projectId),
    ...push('analysis', given),
  }),
  insight: (given) => ({
    VERTEX_LOCATION: 'us',
    VERTEX_MODEL: 'gemini-3.5-flash',
    INTERNAL_SERVICE_ACCOUNT: internalCaller(given.projectId),
    ...push('insight', given),
  }),
}
