import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type Route, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { permitted } from '../permissions.ts'
import { toProcessing } from '../use-cases/to-processing.ts'

export function getProcessing(records: RecordStore): Route {
  return route({
    method: 'GET',
    path: '/api/v1/health-data/processing/:id',
    auth: 'firebase',
    params: z.object({ id: z.string() }),
    async handle({ caller, params }) {
      const upload = await records.uploads.get(permitted(caller, 'read_own_data'), params.id)
      if (!upload) throw notFound('There is no such upload.')
      return ok(toProcessing(upload))
    },
  })
}
