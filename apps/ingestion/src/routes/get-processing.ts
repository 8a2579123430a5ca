import { processingSchema } from '@clarity/contracts'
import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { type SubjectOf, subjectQuery } from '../use-cases/subject-of.ts'
import { toProcessing } from '../use-cases/to-processing.ts'

export function getProcessing(records: RecordStore, subject: SubjectOf): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/health-data/processing/:id',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'See how far an upload has come',
    answers: {
      200: {
        description: 'The stages of the upload and what became of its samples.',
        schema: processingSchema,
      },
    },
    params: z.object({ id: z.string() }),
    query: subjectQuery,
    async handle({ caller, params, query }) {
      const userId = await subject(caller, query.user_id)
      const upload = await records.uploads.get(userId, params.id)
      if (!upload) throw notFound('There is no such upload.')
      return ok(await toProcessing(upload, records))
    },
  })
}
