import { resumableUploadCreatedSchema, resumableUploadSchema } from '@clarity/contracts'
import { type DocumentedRoute, created, route } from '@clarity/service-shell'
import type { openUploadSession } from '../use-cases/open-upload-session.ts'
import { readZone } from '../use-cases/read-upload-headers.ts'

export function postResumableUpload(open: ReturnType<typeof openUploadSession>): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/health-data/resumable-uploads',
    auth: 'firebase',
    permission: 'write_own_data',
    summary: 'Announce a large upload',
    description:
      'For bodies of up to 5 GiB. Send the bytes to `session_url`, whole or in chunks of a multiple of 256 KiB, as Cloud ' +
      'Storage’s resumable uploads are sent: `PUT` with `Content-Range`, no token; `308` tells how far it has come. Once ' +
      'all are there the upload goes on by itself: ask for its processing. Bytes that came before complete it with ' +
      '`duplicate_of`; an upload whose bytes have not come after seven days fails as `session_expired`.',
    requestHeaders: {
      'X-Timezone': { description: 'IANA zone of samples that carry none.', example: 'Europe/Berlin' },
    },
    body: resumableUploadSchema,
    bodyExample: { content_type: 'application/zip', bytes: 734003200 },
    answers: {
      201: { description: 'Where to send the bytes, and until when.', schema: resumableUploadCreatedSchema },
    },
    async handle({ caller, body, header, signal }) {
      return created(await open({ userId: caller.userId, announced: body, zone: readZone(header), signal }))
    },
  })
}
