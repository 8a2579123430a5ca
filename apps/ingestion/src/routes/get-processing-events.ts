import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type Route, type ServerSentEvent, eventStream, route } from '@clarity/service-shell'
import { z } from 'zod'
import { permitted } from '../permissions.ts'
import { watchProcessing } from '../use-cases/watch-processing.ts'

export function getProcessingEvents({ uploads }: RecordStore): Route {
  return route({
    method: 'GET',
    path: '/api/v1/health-data/processing/:id/events',
    auth: 'firebase',
    params: z.object({ id: z.string() }),
    async handle({ caller, params, signal }) {
      const userId = permitted(caller, 'read_own_data')
      if (!(await uploads.get(userId, params.id))) throw notFound('There is no such upload.')
      return eventStream(asEvents(watchProcessing(uploads, { userId, uploadId: params.id, signal })))
    },
  })
}

async function* asEvents(changes: AsyncIterable<unknown>): AsyncGenerator<ServerSentEvent> {
  for await (const data of changes) yield { data }
}
