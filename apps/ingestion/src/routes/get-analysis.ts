import { analysisSchema } from '@clarity/contracts'
import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { type SubjectOf, subjectQuery } from '../use-cases/subject-of.ts'

export function getAnalysis(records: RecordStore, subject: SubjectOf): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/pat/analysis/:id',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'Read an analysis',
    answers: { 200: { description: 'The measures of one window of days.', schema: analysisSchema } },
    params: z.object({ id: z.string() }),
    query: subjectQuery,
    async handle({ caller, params, query }) {
      const analysis = await records.analyses.get(await subject(caller, query.user_id), params.id)
      if (!analysis) throw notFound('There is no such analysis.')
      return ok(analysis)
    },
  })
}
