import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { TOPICS } from '@clarity/contracts'
import { createPubSubEventBus } from '@clarity/event-bus'
import { createFirestoreRecordStore } from '@clarity/record-store'
import { PROJECT_ID, type System, startSystem } from '@clarity/testkit'
import { smallBody } from './small-body.ts'
import { injectFault } from './stalled-call.ts'
import { newPerson, uploadAndFollow } from './uploads.ts'

const MAIN = join(import.meta.dirname, '../../replay/src/main.ts')
const TOPIC = TOPICS.healthDataProcessing
const USER_HASH_KEY = 'a-key-of-this-test-alone-0123456789'

let system: System
beforeAll(async () => {
  system = await startSystem({ environment: { USER_HASH_KEY } })
}, 120_000)
afterAll(() => system[Symbol.asyncDispose]())

/** Runs the command as an operator would; the cloud it asks lives in this process. */
function replay(...args: string[]): Promise<{ status: number; lines: string[]; stderr: string }> {
  const env = {
    ...process.env,
    ...system.cloud.environment,
    GOOGLE_CLOUD_PROJECT: PROJECT_ID,
    USER_HASH_KEY,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) => {
      const status = error === null ? 0 : Number(error.code)
      resolve({ status, lines: stdout.split('\n').filter(Boolean), stderr })
    })
  })
}

/** A message that was given up, of somebody who was erased meanwhile. */
async function giveUpErased(): Promise<void> {
  const userId = randomUUID()
  process.env['FIRESTORE_EMULATOR_HOST'] = system.cloud.environment['FIRESTORE_EMULATOR_HOST']
  await using records = createFirestoreRecordStore({ projectId: PROJECT_ID, userHashKey: USER_HASH_KEY })
  await records.erasures.mark(userId, '2026-05-20T08:00:00Z')
  const emulatorHost = system.cloud.environment['PUBSUB_EMULATOR_HOST']!
  await using bus = createPubSubEventBus({ projectId: PROJECT_ID, emulatorHost })
  const attributes = { event_type: 'upload.received' }
  await bus.publish({
    topic: `${TOPIC}-dead-letter`,
    data: { user_id: userId },
    attributes,
    orderingKey: userId,
  })
}

/** How many messages lie among the dead letters. */
async function lying(): Promise<number> {
  const answer = await fetch(`${system.adminUrl}/admin/state`)
  const { topics } = (await answer.json()) as {
    topics: { subscriptions: { name: string; backlog: number }[] }[]
  }
  const subscriptions = topics.flatMap((topic) => topic.subscriptions)
  return subscriptions.find(({ name }) => name === `${TOPIC}-dead-letter`)!.backlog
}

it('an upload that was given up is completed by a replay, and nothing of an erased person comes back', async () => {
  const person = await newPerson(system)
  // The last delivery fails in analysis, which then gives the upload up; those before do not reach it.
  await injectFault(system, { service: 'push', method: `${TOPIC}-push`, code: 503, times: 4 })
  await injectFault(system, { service: 'storage', method: 'objects.get', code: 503 })
  await expect(uploadAndFollow(person, smallBody())).rejects.toThrow('the upload failed: exhausted')
  await fetch(`${system.adminUrl}/admin/faults`, { method: 'DELETE' })
  await giveUpErased()
  const patience = AbortSignal.timeout(30_000)
  while ((await lying()) < 2) await delay(100, undefined, { signal: patience })

  const left = ['1 × upload.received: left', '1 × upload.received: of an erased person, left']
  expect(await replay(`${TOPIC}-dead-letter`, '--dry-run')).toMatchObject({ status: 0, lines: left })
  expect(await lying()).toBe(2)

  const done = ['1 × upload.received: of an erased person, dropped', '1 × upload.received: published']
  expect(await replay(`${TOPIC}-dead-letter`)).toMatchObject({ status: 0, lines: done })
  const { data } = await person.api.GET('/api/v1/health-data/uploads')
  const [upload] = (data as { data: { upload_id: string }[] }).data
  const outcome = await person.follow(upload!.upload_id, AbortSignal.timeout(60_000))
  expect(outcome.processing).toMatchObject({ status: 'completed', error: null })
  expect(await lying()).toBe(0)
  expect(await replay(`${TOPIC}-dead-letter`)).toMatchObject({ status: 0, lines: ['nothing lies there'] })
}, 180_000)

it('a command that says nothing that can be done is told what can', async () => {
  expect(await replay('nothing')).toMatchObject({ status: 1, stderr: expect.stringContaining('--dry-run') })
})
