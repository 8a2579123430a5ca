import type { UploadAccepted } from '@clarity/contracts'
import { type Route, accepted, ok, route } from '@clarity/service-shell'
import { permitted } from '../permissions.ts'
import type { ingestUpload } from '../use-cases/ingest-upload.ts'
import { readUploadHeaders } from '../use-cases/read-upload-headers.ts'

/** A phone on a slow line may need minutes for 32 MiB. */
const DEADLINE_MS = 300_000

export function postUpload(ingest: ReturnType<typeof ingestUpload>): Route {
  return route({
    method: 'POST',
    path: '/api/v1/health-data/upload',
    auth: 'firebase',
    body: 'stream',
    deadlineMs: DEADLINE_MS,
    async handle({ caller, body, header, signal }) {
      const userId = permitted(caller, 'write_own_data')
      const headers = readUploadHeaders(header)
      const { upload, format, duplicate, announced } = await ingest({ userId, headers, body, signal })
      const status = `/api/v1/health-data/processing/${upload.upload_id}`
      const answer: UploadAccepted = {
        upload_id: upload.upload_id,
        processing_id: upload.upload_id,
        status: upload.status,
        duplicate,
        format,
        bytes: upload.bytes,
        received_at: upload.received_at,
        warnings: [...headers.warnings],
        links: { status, events: `${status}/events` },
      }
      return announced ? accepted(answer) : ok(answer)
    },
  })
}
