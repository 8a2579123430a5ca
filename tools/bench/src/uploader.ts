import { randomUUID } from 'node:crypto'
import type { System } from '@clarity/testkit'

/** A registered person who uploads. */
export interface Uploader {
  readonly userId: string
  /** Sends a body of gzip JSON; answers the upload's id and how long the answer took. */
  send(gzip: Buffer): Promise<{ readonly uploadId: string; readonly ms: number }>
}

/** Registers a new person on the system. */
export async function newUploader({ services }: System): Promise<Uploader> {
  const api = `${services.ingestion.url}/api/v1`
  const registered = await fetch(`${api}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${randomUUID()}@example.org`, password: 'a-long-enough-password' }),
  })
  if (!registered.ok) throw new Error(`registering was answered ${registered.status}`)
  const { user, tokens } = (await registered.json()) as {
    user: { user_id: string }
    tokens: { id_token: string }
  }
  const authorization = `Bearer ${tokens.id_token}`
  return {
    userId: user.user_id,
    async send(gzip) {
      const started = performance.now()
      const answer = await fetchAgain(`${api}/health-data/upload`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: new Uint8Array(gzip),
      })
      const { upload_id: uploadId } = (await answer.json()) as { upload_id: string }
      if (answer.status !== 202) throw new Error(`an upload was answered ${answer.status}`)
      return { uploadId, ms: performance.now() - started }
    },
  }
}

/** As any client does: once more where the server has just closed a connection that was kept. */
function fetchAgain(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch(() => fetch(url, init))
}
