import {
  type CommonConfig,
  commonEnv,
  commonEnvToConfig,
  exitOnBadEnv,
  parseEnv,
} from '@clarity/service-shell'
import { z } from 'zod'

export interface InsightConfig extends CommonConfig {
  readonly push: { readonly certsUrl: string; readonly audience: string; readonly serviceAccount: string }
  /** Who may call the internal routes. */
  readonly internal: { readonly certsUrl: string; readonly audience: string; readonly serviceAccount: string }
  readonly vertex: {
    readonly location: string
    readonly model: string
    readonly endpoint: string | undefined
  }
}

export const insightEnv = z.object({
  ...commonEnv,
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
  VERTEX_LOCATION: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('us')
    .describe(
      'Where the model runs: us and eu keep the data in that jurisdiction, global gives no such promise.',
    ),
  VERTEX_MODEL: z
    .string()
    .regex(/^[a-z0-9.-]+$/)
    .default('gemini-3.5-flash')
    .describe('Model id; a retired id is answered 404, and insights are then written by rules.'),
  VERTEX_ENDPOINT: z
    .string()
    .regex(/^[\w.-]+(:\d+)?$/)
    .optional()
    .describe("host[:port] in place of Google's host for the location; always called over TLS."),
})

/** The configuration of the insight service; throws `BadEnvironment` with one line for each bad variable. */
export function envToConfig(env: Readonly<Record<string, string | undefined>>): InsightConfig {
  const parsed = parseEnv(insightEnv, env)
  return {
    ...commonEnvToConfig(parsed),
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
    vertex: {
      location: parsed.VERTEX_LOCATION,
      model: parsed.VERTEX_MODEL,
      endpoint: parsed.VERTEX_ENDPOINT,
    },
  }
}

/** The configuration from this process's environment; a wrong one is told line by line and ends the process. */
export function readConfig(): InsightConfig {
  return exitOnBadEnv(() => envToConfig(process.env))
}
