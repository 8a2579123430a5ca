import { randomUUID } from 'node:crypto'
import { TOPICS } from '@clarity/contracts'
import { type EventBus, createPubSubEventBus } from '@clarity/event-bus'
import { type AnalysisWorld, type Upload, analysisOnLocalCloud } from './support/analysis-on-local-cloud.ts'
import { weekOfSteps } from './support/bodies.ts'
import { delivered, hasBytes, holdings, markDeleted } from './support/removed-uploads.ts'

let world: AnalysisWorld
let bus: EventBus
/** Does not wait long for messages that are not there. */
let hasty: EventBus
beforeAll(async () => {
  world = await analysisOnLocalCloud()
  bus = createPubSubEventBus({ projectId: 'demo-clarity' })
  hasty = createPubSubEventBus({ projectId: 'demo-clarity', timeoutMs: 500 })
}, 60_000)
afterEach(() => world.clearFaults())
afterAll(async () => {
  await bus[Symbol.asyncDispose]()
  await hasty[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const at = '2026-03-12T08:00:00.000Z'

/** A person with an upload that is analysed, one that is not, one whose deletion nobody heard of, and dead letters. */
async function person(): Promise<Upload[]> {
  const userId = `user-${randomUUID()}`
  const uploads = []
  for (const day of [1, 2, 3]) uploads.push(await world.store({ content: weekOfSteps([day]), userId }))
  await uploads[0]!.push()
  await markDeleted(world, uploads[2]!)
  for (const topic of Object.values(TOPICS)) {
    const letter = { topic: `${topic}-dead-letter`, attributes: {} }
    await bus.publish({ ...letter, data: { user_id: userId }, orderingKey: userId })
    await bus.publish({ ...letter, data: { user_id: 'another' }, orderingKey: 'another' })
  }
  return uploads
}

/** What dead letters there are of anybody else, removed with the counting. */
function deadLetters(userId: string): Promise<number[]> {
  return Promise.all(
    Object.values(TOPICS).map((topic) =>
      hasty.removeDeadLetters({ topic, matches: ({ orderingKey }) => orderingKey === userId }),
    ),
  )
}

const erased = (userId: string) => ({ schema_version: 1, user_id: userId })

async function expectGone(uploads: readonly Upload[]): Promise<void> {
  const { userId } = uploads[0]!
  expect(await Promise.all(uploads.map((upload) => hasBytes(world, upload)))).toEqual([false, false, false])
  expect(await holdings(world, userId)).toEqual({ days: [], samples: [], window: undefined })
  expect((await world.records.uploads.list(userId, { limit: 10 })).data).toEqual([])
  for await (const page of world.records.erasures.storedBytes(userId)) expect(page).toEqual([])
  expect(await deadLetters(userId)).toEqual([0, 0, 0, 0])
}

describe('a person who is erased', () => {
  it('leaves no bytes, no records and no messages, and others lose nothing', async () => {
    const uploads = await person()
    const { userId } = uploads[0]!
    const other = await world.store({ content: weekOfSteps([1]) })
    await other.push()
    const before = await holdings(world, other.userId)
    await world.records.erasures.mark(userId, at)
    expect(await world.deliver('user.erased', erased(userId))).toBe(204)
    await expectGone(uploads)
    expect(await hasBytes(world, other)).toBe(true)
    expect(await holdings(world, other.userId)).toEqual(before)
    expect((await deadLetters('another')).every((count) => count > 0)).toBe(true)
  })

  it('gets nothing written by messages that come later, all of which are acknowledged', async () => {
    const uploads = await person()
    const { userId, event } = uploads[1]!
    await world.records.erasures.mark(userId, at)
    const announced = await world.announced()
    expect(await uploads[1]!.push()).toBe(204)
    expect((await holdings(world, userId)).days).toHaveLength(1)
    await world.deliver('user.erased', erased(userId))
    const { object, generation, upload_id } = event
    const deleted = { ...erased(userId), upload_id, object, generation }
    const answers = [
      await uploads[0]!.push(),
      await uploads[1]!.push(),
      await world.deliver('upload.deleted', deleted),
      await world.deliver('user.erased', erased(userId)),
    ]
    expect(answers).toEqual([204, 204, 204, 204])
    await expectGone(uploads)
    expect(await world.announced()).toBe(announced)
  })

  it('is not erased where nobody asked for it', async () => {
    const uploads = await person()
    expect(await world.deliver('user.erased', erased(uploads[0]!.userId))).toBe(204)
    expect(await hasBytes(world, uploads[0]!)).toBe(true)
    expect((await holdings(world, uploads[0]!.userId)).days).toHaveLength(1)
  })

  it.each([
    ['while bytes are removed', { service: 'storage', code: 503, times: 3 }],
    ['while messages are removed', { service: 'pubsub', method: 'Pull', code: 'PERMISSION_DENIED' }],
    [
      'while records are found',
      { service: 'firestore', method: 'RunQuery', code: 'PERMISSION_DENIED', times: 100 },
    ],
    ['while records are removed', { service: 'firestore', method: 'BatchWrite', code: 'PERMISSION_DENIED' }],
    ['while it is noted', { service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED', after: 1 }],
  ] as const)('is gone after an erasure that broke %s and came again', async (_title, fault) => {
    const uploads = await person()
    const { userId } = uploads[0]!
    await world.records.erasures.mark(userId, at)
    await world.inject({ times: 1, ...fault } as never)
    expect(await world.deliver('user.erased', erased(userId))).toBeGreaterThanOrEqual(500)
    await world.clearFaults()
    expect(await delivered((attempt) => world.deliver('user.erased', erased(userId), attempt))).toBe(204)
    await expectGone(uploads)
  })
})
