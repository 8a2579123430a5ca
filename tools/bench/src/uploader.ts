import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Processing } from '@clarity/contracts'
import type { System } from '@clarity/testkit'

const patienceMs = 540_000
const pollMs = 50

/** A registered person who uploads. */
export interface Uploader {
  readonly userId: string
  /** Sends a body of gzip JSON; answers the upload's id and how long the answer took. */
  send(gzip: Buffer): Promise<{ readonly uploadId: string; readonly ms: number }>
  /** The upload's processing once its days are written; fails where it fails. */
  merged(uploadId: string): Promise<Processing>
  /** The upload's processing once its week is analysed; fails where it fails. */
  analysed(uploadId: string): Promise<Processing>
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
  const processing = async (uploadId: string): Promise<Processing> => {
    const answer = await fetchAgain(`${api}/health-data/processing/${uploadId}`, {
      headers: { authorization },
    })
    return (await answer.json()) as Processing
  }
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
    merged: (uploadId) => untilMerged(() => processing(uploadId)),
    analysed: (uploadId) => untilCompleted('analysed', () => processing(uploadId)),
  }
}

/** As any client does: once more where the server has just closed a connection that was kept. */
function fetchAgain(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch(() => fetch(url, init))
}

type Progress = Pick<Processing, 'status' | 'stages' | 'error'>

/** Asks until the days are written; fails where the upload fails, and after nine minutes. */
export function untilMerged<T extends Progress>(ask: () => Promise<T | null>): Promise<T> {
  return untilCompleted('merged', ask)
}

async function untilCompleted<T extends Progress>(stage: string, ask: () => Promise<T | null>): Promise<T> {
  for (const deadline = performance.now() + patienceMs; performance.now() < deadline; await delay(pollMs)) {
    const now = await ask()
    if (now?.status === 'failed') throw new Error(`an upload failed: ${now.error?.code}`)
    if (now?.stages.some(({ name, status }) => name === stage && status === 'completed')) return now
  }
  throw new Error(`an upload was not ${stage} in nine minutes`)
}
