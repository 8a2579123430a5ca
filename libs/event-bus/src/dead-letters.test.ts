import { setTimeout as delay } from 'node:timers/promises'
import type { Message } from '@google-cloud/pubsub'
import { PROJECT_ID, type TestCloud, startTestCloud } from '../tests/cloud.ts'
import type { DeadLetter } from './pulled-messages.ts'
import type { EventBus } from './event-bus.ts'
import type { ReplayCounts, Replayed } from './replay-dead-letters.ts'
import { createPubSubEventBus } from './pubsub-event-bus.ts'

const TOPIC = 'ml-predictions'
const DEAD_LETTERS = `${TOPIC}-dead-letter`

describe('the dead letters of a topic', () => {
  let cloud: TestCloud
  let bus: EventBus
  beforeAll(async () => {
    cloud = await startTestCloud()
    bus = createPubSubEventBus({ projectId: PROJECT_ID, emulatorHost: cloud.emulatorHost })
    await cloud.pubsub.createTopic(DEAD_LETTERS)
    await cloud.pubsub.topic(DEAD_LETTERS).createSubscription(DEAD_LETTERS)
  })
  afterAll(async () => {
    await bus[Symbol.asyncDispose]()
    await cloud[Symbol.asyncDispose]()
  })

  const giveUp = (user_id: string, attributes: Record<string, string> = {}): Promise<string> =>
    bus.publish({ topic: DEAD_LETTERS, data: { user_id }, attributes, orderingKey: user_id })

  /** What a reader is given within a second. */
  async function left(): Promise<unknown[]> {
    const subscription = cloud.pubsub.subscription(DEAD_LETTERS)
    const found: unknown[] = []
    subscription.on('message', (message) => {
      found.push([message.orderingKey, JSON.parse(String(message.data))])
      message.ack()
    })
    await delay(1000)
    await subscription.close()
    return found
  }

  it('lose those that match, and the others are there for the next reader at once', async () => {
    for (const user of ['ann', 'bob', 'ann', 'eve']) await giveUp(user)
    await giveUp('', { objectId: 'incoming/ann/1' })
    const isOfAnn = ({ orderingKey, attributes }: DeadLetter) =>
      orderingKey === 'ann' || attributes.objectId === 'incoming/ann/1'
    expect(await bus.removeDeadLetters({ topic: TOPIC, matches: isOfAnn })).toBe(3)
    expect(await left()).toEqual([
      ['bob', { user_id: 'bob' }],
      ['eve', { user_id: 'eve' }],
    ])
    expect(await bus.removeDeadLetters({ topic: TOPIC, matches: () => true })).toBe(0)
  })

  describe('given to their topic anew', () => {
    const attributes = { event_type: 'analysis.completed', traceparent: 'as-it-was' }
    beforeAll(async () => {
      await cloud.pubsub.createTopic(TOPIC)
      await cloud.pubsub.topic(TOPIC).createSubscription('reader')
    })

    const replay = (decide: (message: DeadLetter) => Replayed, limit = 10): Promise<ReplayCounts> =>
      bus.replayDeadLetters({ topic: TOPIC, limit, decide: (message) => Promise.resolve(decide(message)) })

    /** One that Pub/Sub gave up, with what it adds to it. */
    async function givenUp(user: string): Promise<void> {
      const added = { CloudPubSubDeadLetterSourceDeliveryCount: '5' }
      const topic = cloud.pubsub.topic(DEAD_LETTERS, { messageOrdering: true })
      const data = Buffer.from(`{"user_id": "${user}"}`)
      await topic.publishMessage({ data, attributes: { ...attributes, ...added }, orderingKey: user })
    }

    it('keep bytes, key and attributes, but not what Pub/Sub added', async () => {
      await givenUp('ann')
      expect(await replay(() => 'published')).toEqual({ published: 1, dropped: 0, left: 0 })
      const message = await new Promise<Message>((resolve) => {
        cloud.pubsub.subscription('reader').once('message', resolve)
      })
      message.ack()
      expect(String(message.data)).toBe('{"user_id": "ann"}')
      expect(message.orderingKey).toBe('ann')
      expect(message.attributes).toEqual(attributes)
      expect(await left()).toEqual([])
    })

    it('are looked at up to a limit, dropped or left as told', async () => {
      for (const user of ['ann', 'bob', 'eve']) await givenUp(user)
      const fate = ({ orderingKey }: DeadLetter): Replayed => (orderingKey === 'ann' ? 'dropped' : 'left')
      expect(await replay(fate, 2)).toEqual({ published: 0, dropped: 1, left: 1 })
      expect(await left()).toHaveLength(2)
    })

    it('stay where Pub/Sub does not take them', async () => {
      await givenUp('bob')
      await cloud.fault({ method: 'Publish', code: 'PERMISSION_DENIED', times: 1 })
      await expect(replay(() => 'published')).rejects.toMatchObject({ kind: 'unavailable' })
      expect(await left()).toEqual([['bob', { user_id: 'bob' }]])
    })
  })

  it('that cannot be read are unavailable', async () => {
    await cloud.fault({ method: 'Pull', code: 'PERMISSION_DENIED', times: 1 })
    await expect(bus.removeDeadLetters({ topic: TOPIC, matches: () => true })).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })
})
