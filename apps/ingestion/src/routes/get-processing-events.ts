import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type DocumentedRoute, type ServerSentEvent, eventStream, route } from '@clarity/service-shell'
import { z } from 'zod'
import { type SubjectOf, subjectQuery } from '../use-cases/subject-of.ts'
import { watchProcessing } from '../use-cases/watch-processing.ts'

export function getProcessingEvents(records: RecordStore, subject: SubjectOf): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/health-data/processing/:id/events',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'Watch an upload until it is done',
    answers: {
      200: {
        description:
          'The processing now and after each change, one event each; ends when the upload is done.',
        contentType: 'text/event-stream',
      },
    },
    params: z.object({ id: z.string() }),
    query: subjectQuery,
    async handle({ caller, params, query, signal }) {
      const userId = await subject(caller, query.user_id)
      if (!(await records.uploads.get(userId, params.id))) throw notFound('There is no such upload.')
      return eventStream(asEvents(watchProcessing(records, { userId, uploadId: params.id, signal })))
    },
  })
}

async function* asEvents(changes: AsyncIterable<unknown>): AsyncGenerator<ServerSentEvent> {
  for await (const data of changes) yield { data }
}
