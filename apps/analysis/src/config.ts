import {
  type CommonConfig,
  commonEnv,
  commonEnvToConfig,
  exitOnBadEnv,
  parseEnv,
} from '@clarity/service-shell'
import { z } from 'zod'

export interface AnalysisConfig extends CommonConfig {
  readonly rawBucket: string
  readonly push: { readonly certsUrl: string; readonly audience: string; readonly serviceAccount: string }
  /** Who may call the internal routes. */
  readonly internal: { readonly certsUrl: string; readonly audience: string; readonly serviceAccount: string }
  readonly modelDir: string
  readonly inferenceThreads: number
  readonly countUserEntered: boolean
}

export const analysisEnv = z.object({
  ...commonEnv,
  RAW_BUCKET: z.string().min(3).describe('Cloud Storage bucket of the raw uploads.'),
  PUSH_AUDIENCE: z
    .url()
    .describe('Audience that tokens of pushes and internal calls must name: the URL of this service.'),
  PUSH_SERVICE_ACCOUNT: z.email().describe('Service account whose tokens the push subscription sends.'),
  INTERNAL_SERVICE_ACCOUNT: z
    .email()
    .describe('Service account that may call the internal routes: that of ingestion.'),
  PUSH_CERTS_URL: z
    .url()
    .default('https://www.googleapis.com/oauth2/v1/certs')
    .describe('Certificates of the issuer of push tokens.'),
  MODEL_DIR: z.string().min(1).describe('Folder of the actigraphy model: encoder.onnx and manifest.json.'),
  COUNT_USER_ENTERED: z
    .stringbool()
    .default(false)
    .describe(
      'Whether what a person typed in counts in the sums of a day; the same for ingestion and analysis. A stored day follows when it is next merged.',
    ),
  INFERENCE_THREADS: z.coerce.number().int().min(1).max(64).default(2).describe('Threads of one inference.'),
})

/** The configuration of the analysis service; throws `BadEnvironment` with one line for each bad variable. */
export function envToConfig(env: Readonly<Record<string, string | undefined>>): AnalysisConfig {
  const parsed = parseEnv(analysisEnv, env)
  return {
    ...commonEnvToConfig(parsed),
    rawBucket: parsed.RAW_BUCKET,
    push: {
      certsUrl: parsed.PUSH_CERTS_URL,
      audience: parsed.PUSH_AUDIENCE,
      serviceAccount: parsed.PUSH_SERVICE_ACCOUNT,
    },
    internal: {
      certsUrl: parsed.PUSH_CERTS_URL,
      audience: parsed.PUSH_AUDIENCE,
      serviceAccount: parsed.INTERNAL_SERVICE_ACCOUNT,
    },
    modelDir: parsed.MODEL_DIR,
    inferenceThreads: parsed.INFERENCE_THREADS,
    countUserEntered: parsed.COUNT_USER_ENTERED,
  }
}

/** The configuration from this process's environment; a wrong one is told line by line and ends the process. */
export function readConfig(): AnalysisConfig {
  return exitOnBadEnv(() => envToConfig(process.env))
}
