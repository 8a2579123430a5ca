import { insightSchema, pendingInsightSchema } from '@clarity/contracts'
import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type DocumentedRoute, accepted, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { type SubjectOf, subjectQuery } from '../use-cases/subject-of.ts'

export function getInsight(records: RecordStore, subject: SubjectOf): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/insights/:id',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'Read an insight',
    answers: {
      200: { description: 'The insight.', schema: insightSchema },
      202: { description: 'It is still being made.', schema: pendingInsightSchema },
    },
    params: z.object({ id: z.string() }),
    query: subjectQuery,
    async handle({ caller, params, query }) {
      const found = await records.insights.get(await subject(caller, query.user_id), params.id)
      if (!found) throw notFound('There is no such insight.')
      if (found.status === 'ready') return ok(found.insight)
      return accepted({ insight_id: found.insight_id, status: 'pending' })
    },
  })
}
