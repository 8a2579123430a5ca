import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type Route, accepted, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { permitted } from '../permissions.ts'

export function getInsight(records: RecordStore): Route {
  return route({
    method: 'GET',
    path: '/api/v1/insights/:id',
    auth: 'firebase',
    params: z.object({ id: z.string() }),
    async handle({ caller, params }) {
      const found = await records.insights.get(permitted(caller, 'read_own_data'), params.id)
      if (!found) throw notFound('There is no such insight.')
      if (found.status === 'ready') return ok(found.insight)
      return accepted({ insight_id: found.insight_id, status: 'pending' })
    },
  })
}
