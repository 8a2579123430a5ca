import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type Route, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { permitted } from '../permissions.ts'

export function getAnalysis(records: RecordStore): Route {
  return route({
    method: 'GET',
    path: '/api/v1/pat/analysis/:id',
    auth: 'firebase',
    params: z.object({ id: z.string() }),
    async handle({ caller, params }) {
      const analysis = await records.analyses.get(permitted(caller, 'read_own_data'), params.id)
      if (!analysis) throw notFound('There is no such analysis.')
      return ok(analysis)
    },
  })
}
