import { setTimeout as delay } from 'node:timers/promises'
import { PROJECT_ID, type TestCloud, startTestCloud } from '../tests/cloud.ts'
import type { DeadLetter } from './dead-letters.ts'
import type { EventBus } from './event-bus.ts'
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

  it('that cannot be read are unavailable', async () => {
    await cloud.fault({ method: 'Pull', code: 'PERMISSION_DENIED', times: 1 })
    await expect(bus.removeDeadLetters({ topic: TOPIC, matches: () => true })).rejects.toMatchObject({
      kind: 'unavailable',
    })
  })
})
