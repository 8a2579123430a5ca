import {
  type CommonConfig,
  commonEnv,
  commonEnvToConfig,
  exitOnBadEnv,
  parseEnv,
} from '@clarity/service-shell'
import { z } from 'zod'

export interface IngestionConfig extends CommonConfig {
  readonly rawBucket: string
  readonly firebase: {
    readonly apiKey: string
    /** Undefined where an emulator is named without it; firebase-admin then decides about tokens. */
    readonly certsUrl: string | undefined
    readonly emulatorHost: string | undefined
  }
  readonly push: { readonly certsUrl: string; readonly audience: string; readonly serviceAccount: string }
  /** Base URLs of the private services. */
  readonly services: { readonly analysis: string; readonly insight: string }
  readonly cursorKey: string
  readonly authCallsPerMinute: number
  readonly countUserEntered: boolean
}

const GOOGLE_CERTS_URL =
  'https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com'

export const ingestionEnv = z.object({
  ...commonEnv,
  RAW_BUCKET: z.string().min(3).describe('Cloud Storage bucket of the raw uploads.'),
  FIREBASE_API_KEY: z.string().min(1).describe('Identity Toolkit key of the Firebase project.'),
  FIREBASE_CERTS_URL: z
    .url()
    .optional()
    .describe(
      `Certificates of the issuer of ID tokens: every token's signature is checked against them. Absent: ${GOOGLE_CERTS_URL}`,
    ),
  FIREBASE_AUTH_EMULATOR_HOST: z
    .string()
    .optional()
    .describe('host:port of a Firebase Auth emulator; never on Cloud Run.'),
  PUSH_AUDIENCE: z.url().describe('Audience that push tokens must name: the URL of this service.'),
  PUSH_SERVICE_ACCOUNT: z.email().describe('Service account whose tokens the push subscription sends.'),
  PUSH_CERTS_URL: z
    .url()
    .default('https://www.googleapis.com/oauth2/v1/certs')
    .describe('Certificates of the issuer of push tokens.'),
  ANALYSIS_URL: z
    .url()
    .describe('Base URL of the analysis service, and the audience of the tokens it is called with.'),
  INSIGHT_URL: z
    .url()
    .describe('Base URL of the insight service, and the audience of the tokens it is called with.'),
  CURSOR_KEY: z.string().min(16).describe('Secret key of the HMAC that signs the cursors of lists.'),
  COUNT_USER_ENTERED: z
    .stringbool()
    .default(false)
    .describe(
      'Whether what a person typed in counts in the sums of hours and days; the same for ingestion and analysis.',
    ),
  AUTH_CALLS_PER_MINUTE: z.coerce
    .number()
    .int()
    .positive()
    .default(120)
    .describe('Calls that one address may make in a minute to each of the auth routes that need no sign-in.'),
})

/** The configuration of the ingestion service; throws `BadEnvironment` with one line for each bad variable. */
export function envToConfig(env: Readonly<Record<string, string | undefined>>): IngestionConfig {
  const parsed = parseEnv(ingestionEnv, env)
  const emulatorHost = parsed.FIREBASE_AUTH_EMULATOR_HOST
  return {
    ...commonEnvToConfig(parsed),
    rawBucket: parsed.RAW_BUCKET,
    firebase: {
      apiKey: parsed.FIREBASE_API_KEY,
      certsUrl: parsed.FIREBASE_CERTS_URL ?? (emulatorHost === undefined ? GOOGLE_CERTS_URL : undefined),
      emulatorHost,
    },
    push: {
      certsUrl: parsed.PUSH_CERTS_URL,
      audience: parsed.PUSH_AUDIENCE,
      serviceAccount: parsed.PUSH_SERVICE_ACCOUNT,
    },
    services: { analysis: parsed.ANALYSIS_URL, insight: parsed.INSIGHT_URL },
    cursorKey: parsed.CURSOR_KEY,
    authCallsPerMinute: parsed.AUTH_CALLS_PER_MINUTE,
    countUserEntered: parsed.COUNT_USER_ENTERED,
  }
}

/** The configuration from this process's environment; a bad one ends the process with its lines. */
export function readConfig(): IngestionConfig {
  return exitOnBadEnv(() => envToConfig(process.env))
}
