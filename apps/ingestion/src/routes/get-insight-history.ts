import { type Insight, type Page, insightSchema, limitSchema, pageSchema } from '@clarity/contracts'
import type { RecordStore } from '@clarity/record-store'
import { type Answer, type Caller, type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import type { Cursors } from '../cursors.ts'
import { type SubjectOf, subjectQuery, userIdSchema } from '../use-cases/subject-of.ts'

export interface InsightHistoryParts {
  readonly records: RecordStore
  readonly cursors: Cursors
  readonly subject: SubjectOf
}

const page = z.object({ limit: limitSchema, cursor: z.string().min(1).max(1024).optional() })
const answers = {
  200: { description: 'A page of insights, newest first.', schema: pageSchema(insightSchema) },
}

/** The insights of the caller, and under `/history/{user_id}` those of anybody whom the caller may read. */
export function getInsightHistory(parts: InsightHistoryParts): DocumentedRoute[] {
  const read = historyReader(parts)
  const common = { method: 'GET', auth: 'firebase', permission: 'read_own_data', answers } as const
  return [
    route({
      ...common,
      path: '/api/v1/insights/history',
      summary: 'List insights',
      query: page.extend(subjectQuery.shape),
      queryExample: { limit: '2' },
      handle: ({ caller, query: { user_id, ...query } }) => read(caller, user_id, query),
    }),
    route({
      ...common,
      path: '/api/v1/insights/history/:user_id',
      summary: 'List the insights of a person',
      params: z.object({ user_id: userIdSchema }),
      query: page,
      queryExample: { limit: '2' },
      handle: ({ caller, params: { user_id }, query }) => read(caller, user_id, query),
    }),
  ]
}

function historyReader({ records, cursors, subject }: InsightHistoryParts) {
  return async (
    caller: Caller,
    wanted: string | undefined,
    { limit, cursor }: z.output<typeof page>,
  ): Promise<Answer> => {
    const userId = await subject(caller, wanted)
    const scope = `insights/${userId}`
    const { data, next } = await records.insights.history(userId, {
      limit,
      ...(cursor !== undefined && { cursor: cursors.read(cursor, scope) }),
    })
    const next_cursor = next && cursors.write(next, scope)
    return ok({ data, pagination: { next_cursor, page_size: limit } } satisfies Page<Insight>)
  }
}
