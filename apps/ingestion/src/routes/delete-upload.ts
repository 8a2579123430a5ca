import { type DocumentedRoute, noContent, route } from '@clarity/service-shell'
import { z } from 'zod'
import type { deleteUpload as deleteUploadOf } from '../use-cases/delete-upload.ts'

export function deleteUpload(remove: ReturnType<typeof deleteUploadOf>): DocumentedRoute {
  return route({
    method: 'DELETE',
    path: '/api/v1/health-data/:upload_id',
    auth: 'firebase',
    permission: 'write_own_data',
    summary: 'Delete an upload',
    description:
      'The upload answers 404 at once. What it alone brought, and the analyses and insights that read it, go soon after; affected days are made anew. The same bytes may be sent again as a new upload.',
    answers: { 204: { description: 'The upload is deleted.' } },
    params: z.object({ upload_id: z.string() }),
    async handle({ caller, params }) {
      await remove({ userId: caller.userId, uploadId: params.upload_id })
      return noContent()
    },
  })
}
