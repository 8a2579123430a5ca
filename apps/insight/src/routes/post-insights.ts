import { internalInsightSchema } from '@clarity/contracts'
import { type Route, accepted, internalRoute, ok } from '@clarity/service-shell'
import { setContext } from '@clarity/telemetry'
import { z } from 'zod'
import type { GenerateInsight } from '../use-cases/generate-insight.ts'

export interface InsightsParts {
  readonly verify: (authorizationHeader?: string) => Promise<void>
  readonly generateInsight: GenerateInsight
}

/** As long as a message may take. */
const DEADLINE_MS = 110_000

/**
 * `POST /internal/insights`: the insight of an analysis, made where there is none. With `wait=false` it is not made,
 * and the answer to one that is not there is 202 with its id.
 */
export function postInsights({ verify, generateInsight }: InsightsParts): Route {
  return internalRoute({
    method: 'POST',
    path: '/internal/insights',
    verify,
    deadlineMs: DEADLINE_MS,
    query: z.object({ wait: z.enum(['true', 'false']).default('true') }),
    body: internalInsightSchema,
    async handle({ body, query, signal }) {
      setContext({ analysis_id: body.analysis_id, user_id: body.user_id })
      const { insightId, insight } = await generateInsight(body, { wait: query.wait === 'true', signal })
      return insight ? ok(insight) : accepted({ insight_id: insightId, status: 'pending' })
    },
  })
}
