import { type Analysis, type Page, analysisSchema, limitSchema, pageSchema } from '@clarity/contracts'
import type { RecordStore } from '@clarity/record-store'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import type { Cursors } from '../cursors.ts'
import { type SubjectOf, subjectQuery } from '../use-cases/subject-of.ts'

export interface AnalysesParts {
  readonly records: RecordStore
  readonly cursors: Cursors
  readonly subject: SubjectOf
}

export function getAnalyses({ records, cursors, subject }: AnalysesParts): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/pat/analyses',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'List analyses',
    query: z.object({
      ...subjectQuery.shape,
      limit: limitSchema,
      cursor: z.string().min(1).max(1024).optional(),
    }),
    queryExample: { limit: '2' },
    answers: {
      200: { description: 'A page of analyses, newest first.', schema: pageSchema(analysisSchema) },
    },
    async handle({ caller, query: { user_id, limit, cursor } }) {
      const userId = await subject(caller, user_id)
      const scope = `analyses/${userId}`
      const { data, next } = await records.analyses.list(userId, {
        limit,
        ...(cursor !== undefined && { cursor: cursors.read(cursor, scope) }),
      })
      const next_cursor = next && cursors.write(next, scope)
      return ok({ data, pagination: { next_cursor, page_size: limit } } satisfies Page<Analysis>)
    },
  })
}
