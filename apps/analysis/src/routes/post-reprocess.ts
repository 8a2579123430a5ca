import { notFound } from '@clarity/failure'
import type { Uploads } from '@clarity/record-store'
import { type Route, internalRoute, ok } from '@clarity/service-shell'
import { setContext } from '@clarity/telemetry'
import { z } from 'zod'
import type { ReprocessUpload } from '../use-cases/reprocess-upload.ts'

export interface ReprocessParts {
  readonly verify: (authorizationHeader?: string) => Promise<void>
  readonly uploads: Uploads
  readonly reprocessUpload: ReprocessUpload
}

/** As long as a message may take. */
const DEADLINE_MS = 540_000

/** `POST /internal/reprocess/{upload_id}`: everything that derives from a stored upload is made anew. */
export function postReprocess({ verify, uploads, reprocessUpload }: ReprocessParts): Route {
  return internalRoute({
    method: 'POST',
    path: '/internal/reprocess/:upload_id',
    verify,
    deadlineMs: DEADLINE_MS,
    params: z.object({ upload_id: z.string() }),
    query: z.object({ user_id: z.string().min(1).max(128).optional() }),
    async handle({ params: { upload_id: uploadId }, query, signal }) {
      const userId = query.user_id ?? (await uploads.ownerOf(uploadId))
      if (userId === null) throw notFound('There is no such upload.')
      setContext({ upload_id: uploadId, user_id: userId })
      const { status, stage, analysis_id, error } = await reprocessUpload({ userId, uploadId }, signal)
      return ok({ upload_id: uploadId, status, stage, analysis_id, error })
    },
  })
}
