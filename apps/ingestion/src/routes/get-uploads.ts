import { type Page, type UploadView, limitSchema, pageSchema, uploadViewSchema } from '@clarity/contracts'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { subjectQuery } from '../use-cases/subject-of.ts'
import { toUploadView } from '../use-cases/to-upload-view.ts'
import type { HealthDataParts } from './get-health-data.ts'

export function getUploads({ records, cursors, subject }: HealthDataParts): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/health-data/uploads',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'List uploads',
    query: z.object({
      ...subjectQuery.shape,
      limit: limitSchema,
      cursor: z.string().min(1).max(1024).optional(),
    }),
    queryExample: { limit: '2' },
    answers: {
      200: { description: 'A page of uploads, newest first.', schema: pageSchema(uploadViewSchema) },
    },
    async handle({ caller, query: { user_id, limit, cursor } }) {
      const userId = await subject(caller, user_id)
      const scope = `uploads/${userId}`
      const { data, next } = await records.uploads.list(userId, {
        limit,
        ...(cursor !== undefined && { cursor: cursors.read(cursor, scope) }),
      })
      const next_cursor = next && cursors.write(next, scope)
      const pagination = { next_cursor, page_size: limit }
      return ok({ data: data.map(toUploadView), pagination } satisfies Page<UploadView>)
    },
  })
}
