import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Processing, UploadAccepted } from '@clarity/contracts'
import { RAW_BUCKET, type System } from '@clarity/testkit'
import { newPerson } from '../uploads.ts'
import { type Answer, call } from './call.ts'
import type { End, HostileBody } from './hostile-body.ts'

const POLL_MS = 250
const PATIENCE_MS = 110_000
const SLUG = /^https:\/\/clarity\.health\/problems\//

/** What a body was answered and what became of it. */
export interface Fate {
  readonly refused?: readonly [status: number, slug: string]
  readonly end?: End
  /** Whether the bucket holds the bytes as they were sent; of a body that was refused there is no object to look for. */
  readonly isKept?: boolean
}

/** Sends a body as a person of its own and follows it to its end. */
export async function fateOf(system: System, body: HostileBody, bytes: Buffer): Promise<Fate> {
  const { token } = await newPerson(system)
  const caller = { base: `${system.services.ingestion.url}/api/v1`, token }
  const answer = await send(caller, body, bytes)
  const content = JSON.parse(answer.text) as UploadAccepted & { readonly type: string }
  if (answer.status !== 202) return { refused: [answer.status, content.type.replace(SLUG, '')] }
  const processing = await finished(caller, content.upload_id)
  return { end: endOf(processing), isKept: await isKept(system, { caller, accepted: content, bytes }) }
}

interface Caller {
  readonly base: string
  readonly token: string
}

function send(
  { base, token }: Caller,
  { contentType = 'application/json', headers }: HostileBody,
  body: Buffer,
): Promise<Answer> {
  return call(`${base}/health-data/upload`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': contentType,
      'content-length': String(body.length),
      'x-timezone': 'UTC',
      ...headers,
    },
    body,
  })
}

async function read<T>({ base, token }: Caller, path: string): Promise<T> {
  const answer = await call(`${base}${path}`, { headers: { authorization: `Bearer ${token}` } })
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`)
  return JSON.parse(answer.text) as T
}

async function finished(caller: Caller, uploadId: string): Promise<Processing> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const processing = await read<Processing>(caller, `/health-data/processing/${uploadId}`)
    if (processing.status === 'completed' || processing.status === 'failed') return processing
    if (performance.now() > deadline) throw new Error(`still ${processing.status} (${processing.stage})`)
    await delay(POLL_MS)
  }
}

function endOf({ status, error, shape, samples, rejections }: Processing): End {
  const { by_type: _, ...counts } = samples ?? { by_type: {} }
  return {
    outcome: status === 'failed' ? String(error?.code) : status,
    shape,
    counts: samples && Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
    rejections: rejections.slice(0, 5).map(({ path, reason }) => `${path} ${reason}`),
  }
}

interface Sent {
  readonly caller: Caller
  readonly accepted: UploadAccepted
  readonly bytes: Buffer
}

/** Whether the bucket's object has the hash of what was sent. */
async function isKept(system: System, { caller, accepted, bytes }: Sent): Promise<boolean> {
  const { user_id: userId } = await read<{ user_id: string }>(caller, '/auth/me')
  const date = accepted.received_at.slice(0, 10).replaceAll('-', '/')
  const object = encodeURIComponent(`raw/${userId}/${date}/${accepted.upload_id}`)
  const storage = system.cloud.environment.STORAGE_EMULATOR_HOST!
  const answer = await call(`${storage}/storage/v1/b/${RAW_BUCKET}/o/${object}`)
  const { md5Hash } = JSON.parse(answer.text) as { md5Hash?: string }
  return md5Hash === createHash('md5').update(bytes).digest('base64')
}
