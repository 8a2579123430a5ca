import { createHash } from 'node:crypto'
import type { Processing, UploadAccepted } from '@clarity/contracts'
import { RAW_BUCKET, type System } from '@clarity/testkit'
import { newPerson } from '../uploads.ts'
import { type Answer, call } from './call.ts'
import { type End, type HostileBody, REJECTIONS_COMPARED } from './hostile-body.ts'

const SLUG = /^https:\/\/clarity\.health\/problems\//

/** What a body was answered and what became of it. */
export interface Fate {
  readonly refused?: readonly [status: number, slug: string]
  readonly end?: End
  /** Whether the bucket holds the bytes as they were sent; of a body that was refused there is no object to look for. */
  readonly isKept?: boolean
}

/** Somebody who sends hostile bodies. */
export interface Sender {
  readonly system: System
  readonly userId: string
  readonly token: string
}

/** A new person. */
export async function newSender(system: System): Promise<Sender> {
  const { token } = await newPerson(system)
  const { user_id: userId } = JSON.parse(await get({ system, token }, '/auth/me')) as { user_id: string }
  return { system, token, userId }
}

/** Sends a body and follows it to its end. */
export async function fateOf(sender: Sender, body: HostileBody, bytes: Buffer): Promise<Fate> {
  const answer = await send(sender, body, bytes)
  const content = JSON.parse(answer.text) as UploadAccepted & { readonly type: string }
  if (answer.status !== 202) return { refused: [answer.status, content.type.replace(SLUG, '')] }
  const processing = await finished(sender, content.upload_id)
  return { end: endOf(processing), isKept: await isKept(sender, content, bytes) }
}

function send(
  { system, token }: Sender,
  { contentType = 'application/json', headers }: HostileBody,
  body: Buffer,
): Promise<Answer> {
  return call(`${system.services.ingestion.url}/api/v1/health-data/upload`, {
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

async function get({ system, token }: Omit<Sender, 'userId'>, path: string): Promise<string> {
  const url = `${system.services.ingestion.url}/api/v1${path}`
  const answer = await call(url, { headers: { authorization: `Bearer ${token}` } })
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`)
  return answer.text
}

/** The last of the upload's events: their stream ends when it is done. */
async function finished(sender: Sender, uploadId: string): Promise<Processing> {
  const answer = await get(sender, `/health-data/processing/${uploadId}/events`)
  const last = answer.trimEnd().split('\n').at(-1) ?? ''
  return JSON.parse(last.replace('data: ', '')) as Processing
}

function endOf({ status, error, shape, samples, rejections }: Processing): End {
  const { by_type: _, ...counts } = samples ?? { by_type: {} }
  return {
    outcome: status === 'failed' ? String(error?.code) : status,
    shape,
    counts: samples && Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
    rejections: rejections.slice(0, REJECTIONS_COMPARED).map(({ path, reason }) => `${path} ${reason}`),
  }
}

/** Whether the bucket's object has the hash of what was sent. */
async function isKept(
  { system, userId }: Sender,
  { upload_id: uploadId, received_at: receivedAt }: UploadAccepted,
  bytes: Buffer,
): Promise<boolean> {
  const date = receivedAt.slice(0, 10).replaceAll('-', '/')
  const object = encodeURIComponent(`raw/${userId}/${date}/${uploadId}`)
  const storage = system.cloud.environment.STORAGE_EMULATOR_HOST!
  const answer = await call(`${storage}/storage/v1/b/${RAW_BUCKET}/o/${object}`)
  const { md5Hash } = JSON.parse(answer.text) as { md5Hash?: string }
  return md5Hash === createHash('md5').update(bytes).digest('base64')
}
