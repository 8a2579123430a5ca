import { type Insight, type Page, limitSchema } from '@clarity/contracts'
import type { RecordStore } from '@clarity/record-store'
import { type Route, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import type { Cursors } from '../cursors.ts'
import { permitted } from '../permissions.ts'

export function getInsightHistory(records: RecordStore, cursors: Cursors): Route {
  return route({
    method: 'GET',
    path: '/api/v1/insights/history',
    auth: 'firebase',
    query: z.object({ limit: limitSchema, cursor: z.string().min(1).max(1024).optional() }),
    async handle({ caller, query: { limit, cursor } }) {
      const userId = permitted(caller, 'read_own_data')
      const scope = `insights/${userId}`
      const { data, next } = await records.insights.history(userId, {
        limit,
        ...(cursor !== undefined && { cursor: cursors.read(cursor, scope) }),
      })
      const next_cursor = next && cursors.write(next, scope)
      return ok({ data, pagination: { next_cursor, page_size: limit } } satisfies Page<Insight>)
    },
  })
}
