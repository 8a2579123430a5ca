import { type DocumentedRoute, route, streamed } from '@clarity/service-shell'
import { z } from 'zod'
import { exportData } from '../use-cases/export-data.ts'
import { subjectQuery } from '../use-cases/subject-of.ts'
import type { HealthDataParts } from './get-health-data.ts'

export function getExport({ records, subject }: Omit<HealthDataParts, 'cursors'>): DocumentedRoute {
  const linesOf = exportData(records)
  return route({
    method: 'GET',
    path: '/api/v1/health-data/export',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'Export everything that is held',
    description:
      'One JSON object a line, `kind` first: every `sample` that is not deleted, then each `upload`, `analysis` and ' +
      '`insight`. The export is itself a body that can be uploaded: its samples come back as they were.',
    query: z.object({ ...subjectQuery.shape }),
    answers: {
      200: { description: 'The lines, as they are read.', contentType: 'application/x-ndjson' },
    },
    async handle({ caller, query }) {
      return streamed('application/x-ndjson', linesOf(await subject(caller, query.user_id)))
    },
  })
}
