import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { TOPICS } from '@clarity/contracts'
import { createPubSubEventBus } from '@clarity/event-bus'
import { PROJECT_ID, type System, startSystem } from '@clarity/testkit'
import type { ApiClient } from '../src/api-client.ts'
import { holdings, nothingWaits } from './end-state.ts'
import { holdPushes } from './killed-service.ts'
import { SMALL_RANGE, smallBody } from './small-body.ts'
import { type CloudCall, stallCall } from './stalled-call.ts'
import { tablesThatName } from './stored-texts.ts'
import { newPerson, summaryRows, uploadAndFollow } from './uploads.ts'

const commit = (after: number): CloudCall => ({ service: 'firestore', method: 'Commit', after })
const PATIENCE_MS = 60_000

let system: System
let dataDir: string
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'clarity-erasure-'))
  system = await startSystem({ cloud: { dataDir } })
}, 120_000)
afterAll(async () => {
  await system[Symbol.asyncDispose]()
  rmSync(dataDir, { recursive: true })
})

async function call(person: ApiClient, method: string, path: string, body?: string) {
  const answer = await fetch(`${system.services.ingestion.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${person.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
}

const who = async (person: ApiClient) =>
  (await call(person, 'GET', '/auth/me')).body as { user_id: string; email: string }

/** Resolves once it holds; fails after a minute. */
async function eventually(holds: () => Promise<boolean> | boolean): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  while (!(await holds())) await delay(100, undefined, { signal })
}

it('a deleted upload takes its days, its analysis and its insight along, and the same bytes may come again', async () => {
  const person = await newPerson(system)
  const first = await uploadAndFollow(person, smallBody())
  const { upload_id: id, analysis_id, insight_id } = first.processing
  const before = await summaryRows(person, SMALL_RANGE)
  expect((await call(person, 'DELETE', `/health-data/${id}`)).status).toBe(204)
  expect((await call(person, 'GET', `/health-data/processing/${id}`)).status).toBe(404)
  await nothingWaits(system)
  const paths = [`/pat/analysis/${analysis_id}`, `/insights/${insight_id}`, `/health-data/processing/${id}`]
  const answers = await Promise.all(paths.map((path) => call(person, 'GET', path)))
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  const rows = [...(await summaryRows(person, SMALL_RANGE)).values()]
  expect(rows.map(({ steps }) => steps)).toEqual(rows.map(() => null))
  const again = await uploadAndFollow(person, smallBody())
  expect(again.processing.upload_id).not.toBe(id)
  const after = [...(await summaryRows(person, SMALL_RANGE)).values()]
  expect(after.map(({ steps }) => steps)).toEqual([...before.values()].map(({ steps }) => steps))
}, 120_000)

it('an erased person is found nowhere in what the cloud stores, and signs in nowhere', async () => {
  const person = await newPerson(system)
  const { user_id: userId, email } = await who(person)
  const { processing } = await uploadAndFollow(person, smallBody())
  await call(person, 'PUT', '/auth/me', JSON.stringify({ display_name: 'Ann Example' }))
  // One message of this person in each state: given up, and on its way.
  await giveUp(userId)
  await person.upload({ ...smallBody(), bytes: Buffer.from('{"quantity_samples": [') })
  const named = tablesThatName(dataDir, [userId, email])
  expect(named.length).toBeGreaterThan(3)
  expect((await call(person, 'DELETE', '/auth/me')).status).toBe(202)
  expect((await call(person, 'GET', `/health-data/processing/${processing.upload_id}`)).status).toBe(401)
  await eventually(
    () => tablesThatName(dataDir, [userId, email, 'Ann Example', processing.upload_id]).length === 0,
  )
  expect((await call(person, 'GET', '/auth/me')).status).toBe(401)
}, 180_000)

/** Leaves a message of this person among the dead letters of every topic. */
async function giveUp(userId: string): Promise<void> {
  const emulatorHost = system.cloud.environment.PUBSUB_EMULATOR_HOST!
  await using bus = createPubSubEventBus({ projectId: PROJECT_ID, emulatorHost })
  for (const topic of Object.values(TOPICS)) {
    const message = { data: { user_id: userId }, attributes: {}, orderingKey: userId }
    await bus.publish({ topic: `${topic}-dead-letter`, ...message })
  }
}

describe('analysis that is killed while it removes something', () => {
  const body = smallBody()
  /** Asks for a removal, and kills analysis at a call, which then is never carried out. */
  async function killWhile(ask: () => Promise<void>, last: CloudCall): Promise<void> {
    const push = await holdPushes(system, 'analysis')
    await ask()
    await push.reached()
    const stalled = await stallCall(system, last, { refused: true })
    await push.letGo()
    await stalled.reached()
    await system.services.analysis.kill('SIGKILL')
    await stalled.letGo()
    await system.services.analysis.restart()
    await nothingWaits(system)
  }

  async function remove(person: ApiClient, path: string, status: number): Promise<void> {
    expect((await call(person, 'DELETE', path)).status).toBe(status)
  }

  it.each([
    ['the last days are written', commit(1)],
    ['its reach is forgotten', commit(4)],
  ])(
    'leaves nothing of a deleted upload, killed before %s',
    async (_step, last) => {
      const person = await newPerson(system)
      const before = await holdings(system)
      const { processing } = await uploadAndFollow(person, body)
      await killWhile(() => remove(person, `/health-data/${processing.upload_id}`, 204), last)
      const after = await holdings(system)
      // The deletion, its count and its audit record; the person's own document stood before.
      expect(after.documents - before.documents).toBeLessThanOrEqual(4)
      expect([after.objects, after.deadLetters]).toEqual([before.objects, before.deadLetters])
      const rows = [...(await summaryRows(person, SMALL_RANGE)).values()]
      expect(rows.map(({ steps }) => steps)).toEqual(rows.map(() => null))
    },
    120_000,
  )

  it.each([
    ['the records go', { service: 'firestore', method: 'BatchWrite' } as CloudCall],
    ['it is noted', commit(2)],
  ])(
    'leaves nothing of an erased person, killed before %s',
    async (_step, last) => {
      const person = await newPerson(system)
      const { processing } = await uploadAndFollow(person, body)
      const { user_id: userId } = await who(person)
      await killWhile(() => remove(person, '/auth/me', 202), last)
      await eventually(() => tablesThatName(dataDir, [userId, processing.upload_id]).length === 0)
      expect((await holdings(system)).deadLetters).toBe(0)
    },
    120_000,
  )
})
