import { UPLOAD_MEDIA_TYPES, type UploadAccepted, uploadAcceptedSchema } from '@clarity/contracts'
import { type DocumentedRoute, accepted, ok, route } from '@clarity/service-shell'
import type { ingestUpload } from '../use-cases/ingest-upload.ts'
import { readUploadHeaders } from '../use-cases/read-upload-headers.ts'

/** A phone on a slow line may need minutes for 32 MiB. */
const DEADLINE_MS = 300_000

/** As Health Auto Export writes it. */
const UPLOAD_EXAMPLE = {
  data: {
    metrics: [
      {
        name: 'step_count',
        units: 'count',
        data: [{ date: '2026-03-01 09:00:00 +0100', qty: 850, source: 'Watch' }],
      },
    ],
  },
}

export function postUpload(ingest: ReturnType<typeof ingestUpload>): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/health-data/upload',
    auth: 'firebase',
    permission: 'write_own_data',
    summary: 'Upload health data',
    description:
      'A body of any shape that a supported client writes: at most 32 MiB on the wire and 256 MiB decompressed. It is ' +
      'stored as received and analysed afterwards; what became of it is told by its processing.',
    answers: {
      200: { description: 'The same bytes came before.', schema: uploadAcceptedSchema },
      202: { description: 'Stored and announced to analysis.', schema: uploadAcceptedSchema },
      400: { description: 'Broken gzip, an empty body, or none of JSON, NDJSON, XML and zip.' },
      409: { description: 'The Idempotency-Key came with other bytes; nothing was stored.' },
      422: { description: 'The Idempotency-Key is too long.' },
    },
    body: 'stream',
    bodyTypes: UPLOAD_MEDIA_TYPES,
    bodyExample: UPLOAD_EXAMPLE,
    requestHeaders: {
      'Idempotency-Key': {
        description: 'A key of the client’s own for this body; kept for 30 days.',
        example: 'c0ffee00-2026-4301-8a00-0000000000aa',
      },
      'X-Timezone': { description: 'IANA zone of samples that carry none.', example: 'Europe/Berlin' },
      'Content-Encoding': { description: '`gzip` where the body is.' },
      traceparent: { description: 'W3C trace context; the upload then belongs to that trace.' },
    },
    deadlineMs: DEADLINE_MS,
    async handle({ caller, body, header, signal }) {
      const { userId } = caller
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
