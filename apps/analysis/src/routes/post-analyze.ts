import { ANALYSIS_BODY_LIMIT, internalAnalyzeSchema } from '@clarity/contracts'
import { type Route, internalRoute, ok } from '@clarity/service-shell'
import { setContext } from '@clarity/telemetry'
import type { AnalyseRequest } from '../use-cases/analyse-request.ts'

export interface AnalyzeParts {
  readonly verify: (authorizationHeader?: string) => Promise<void>
  readonly analyseRequest: AnalyseRequest
}

/** What asks gives up after that. */
const DEADLINE_MS = 10_000
/** The request as it came, with its user. */
const ENVELOPE_BYTES = 1024

/** `POST /internal/analyze`: activity counts or steps that a person sent to be analysed at once. */
export function postAnalyze({ verify, analyseRequest }: AnalyzeParts): Route {
  return internalRoute({
    method: 'POST',
    path: '/internal/analyze',
    verify,
    deadlineMs: DEADLINE_MS,
    body: internalAnalyzeSchema,
    bodyLimitBytes: ANALYSIS_BODY_LIMIT + ENVELOPE_BYTES,
    async handle({ body, signal }) {
      setContext({ user_id: body.user_id })
      return ok(await analyseRequest(body, signal))
    },
  })
}
