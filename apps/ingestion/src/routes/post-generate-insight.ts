import { generateInsightSchema, insightSchema, pendingInsightSchema } from '@clarity/contracts'
import { type DocumentedRoute, accepted, ok, route } from '@clarity/service-shell'
import type { GenerateInsight } from '../use-cases/generate-insight.ts'

export function postGenerateInsight(generate: GenerateInsight): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/insights/generate',
    auth: 'firebase',
    permission: 'write_own_data',
    summary: 'Ask for an insight',
    description:
      'The stored insight where nothing changed that it rests on; else one is made. Where that takes longer than a few ' +
      'seconds its id is answered, and `GET /insights/{id}` tells when it is there.',
    body: generateInsightSchema,
    bodyExample: {
      analysis_id: 'an1',
      language: 'en',
      insight_type: 'summary',
      context: 'A week of late shifts.',
    },
    answers: {
      200: { description: 'The insight.', schema: insightSchema },
      202: { description: 'It is being made.', schema: pendingInsightSchema },
      404: { description: 'There is no such analysis, or not of this caller.' },
    },
    async handle({ caller, body, signal }) {
      const { status, body: insight } = await generate(caller.userId, body, signal)
      return status === 202 ? accepted(insight) : ok(insight)
    },
  })
}
