import type { Message } from '@google-cloud/pubsub'
import type { ConformanceCase } from './conformance-case.ts'
import { codeOf, eventually, type MessageSettings, type World } from './world.ts'

const LENIENT = 'The emulator does not check this limit; Pub/Sub does.'

/** The status with which a message is published. */
function publishing(message: MessageSettings) {
  return async (world: World) => codeOf(world.publish(await world.createTopic('topic-a'), message))
}

function give(world: World, subscription: string, ackIds: string[], ackDeadlineSeconds: number) {
  return world.subscriber.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds })
}

const overLimits: readonly [string, MessageSettings][] = [
  ['a message of more than 10 MB', { text: 'x'.repeat(10_000_001) }],
  [
    'a message with 101 attributes',
    { text: 'x', attributes: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`key${i}`, 'v'])) },
  ],
  ['an attribute key of 257 bytes', { text: 'x', attributes: { ['k'.repeat(257)]: 'v' } }],
  ['an attribute value of 1025 bytes', { text: 'x', attributes: { key: 'v'.repeat(1025) } }],
  ['an ordering key of 1025 bytes', { text: 'x', orderingKey: 'k'.repeat(1025) }],
]

export const publishCases: readonly ConformanceCase[] = [
  {
    title: 'a message without data and attributes is refused',
    steps: publishing({}),
    answer: 'INVALID_ARGUMENT',
  },
  {
    title: 'a message of attributes alone is taken',
    steps: publishing({ attributes: { a: 'b' } }),
    answer: 'OK',
  },
  {
    title: 'an empty publish request is refused',
    steps: async (world) => codeOf(world.publish(await world.createTopic('topic-a'))),
    answer: 'INVALID_ARGUMENT',
  },
  {
    title: 'publishing to a topic that is not there fails',
    steps: (world) => codeOf(world.publish(world.topic('nowhere'), { text: 'x' })),
    answer: 'NOT_FOUND',
  },
  ...overLimits.map(([what, message]) => ({
    title: `${what} is refused`,
    steps: publishing(message),
    answer: 'INVALID_ARGUMENT',
    googleEmulator: { answer: 'OK', why: LENIENT },
  })),
]

export const pullCases: readonly ConformanceCase[] = [
  {
    title: 'each subscription of a topic gets each message, as it was published',
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const subscriptions = [
        await world.createSubscription('sub-a', topic),
        await world.createSubscription('sub-b', topic),
      ]
      const ids = await world.publish(
        topic,
        { text: 'one', attributes: { a: 'b' } },
        { text: 'two', orderingKey: 'key' },
      )
      const got = await Promise.all(subscriptions.map((subscription) => world.pull(subscription)))
      return {
        ids: new Set(ids).size,
        got: got.map((messages) => messages.map(({ ackId: _, ...rest }) => rest)),
      }
    },
    answer: {
      ids: 2,
      got: Array.from({ length: 2 }, () => [
        { text: 'one', attributes: { a: 'b' }, orderingKey: '', deliveryAttempt: 0 },
        { text: 'two', attributes: {}, orderingKey: 'key', deliveryAttempt: 0 },
      ]),
    },
  },
  {
    title: 'a message that is out with a subscriber is not handed out again until it is given back',
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic)
      await world.publish(topic, { text: 'one' })
      const [first] = await world.pull(subscription)
      const meanwhile = (await world.pull(subscription)).length
      await give(world, subscription, [first?.ackId ?? ''], 0)
      const again = await eventually(async () => (await world.pull(subscription))[0])
      await world.subscriber.acknowledge({ subscription, ackIds: [again.ackId] })
      await give(world, subscription, [again.ackId], 0)
      return { meanwhile, again: again.text, acknowledged: (await world.pull(subscription)).length }
    },
    answer: { meanwhile: 0, again: 'one', acknowledged: 0 },
  },
  {
    title: 'a pull brings no more messages than asked for',
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic)
      await world.publish(topic, { text: 'one' }, { text: 'two' }, { text: 'three' })
      return [(await world.pull(subscription, 2)).length, (await world.pull(subscription, 2)).length]
    },
    answer: [2, 1],
  },
  {
    title: 'a pull waits for a message that comes later',
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic)
      const pulling = world.subscriber.pull({ subscription, maxMessages: 1 })
      await world.publish(topic, { text: 'late' })
      const [{ receivedMessages }] = await pulling
      return receivedMessages?.map(({ message }) => Buffer.from(message?.data ?? '').toString())
    },
    answer: ['late'],
  },
  {
    title: 'questions that make no sense are refused',
    async steps(world) {
      const subscription = await world.createSubscription('sub-a', await world.createTopic('topic-a'))
      const nowhere = world.subscription('nowhere')
      const { subscriber } = world
      return Promise.all([
        codeOf(subscriber.pull({ subscription, maxMessages: 0 })),
        codeOf(subscriber.pull({ subscription: nowhere, maxMessages: 1 })),
        codeOf(subscriber.acknowledge({ subscription, ackIds: ['x'] })),
        codeOf(subscriber.acknowledge({ subscription, ackIds: [] })),
        codeOf(subscriber.acknowledge({ subscription: nowhere, ackIds: ['x'] })),
        codeOf(give(world, subscription, ['x'], 10)),
        codeOf(give(world, subscription, ['x'], 601)),
        codeOf(give(world, subscription, [], 10)),
        codeOf(give(world, nowhere, ['x'], 10)),
      ])
    },
    answer: [
      'INVALID_ARGUMENT',
      'NOT_FOUND',
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
      'NOT_FOUND',
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
      'NOT_FOUND',
    ],
  },
  {
    title: 'messages of one ordering key come in order',
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic, { enableMessageOrdering: true })
      await world.publish(topic, ...['1', '2', '3'].map((text) => ({ text, orderingKey: 'key' })))
      return (await world.pull(subscription)).map(({ text }) => text)
    },
    answer: ['1', '2', '3'],
  },
  {
    title: 'a message that is given back five times becomes a dead letter that tells where it failed',
    async steps(world) {
      const [topic, deadLetterTopic] = [await world.createTopic('topic-a'), await world.createTopic('dead')]
      const dead = await world.createSubscription('dead-pull', deadLetterTopic)
      const subscription = await world.createSubscription('sub-a', topic, {
        deadLetterPolicy: { deadLetterTopic, maxDeliveryAttempts: 5 },
      })
      await world.publish(topic, { text: 'bad', attributes: { a: 'b' }, orderingKey: 'key' })
      const attempts: number[] = []
      const letter = await eventually(async () => {
        for (const { ackId, deliveryAttempt } of await world.pull(subscription)) {
          attempts.push(deliveryAttempt)
          await give(world, subscription, [ackId], 0)
        }
        return (await world.pull(dead))[0]
      })
      const { CloudPubSubDeadLetterSourceTopicPublishTime: time, ...attributes } = letter.attributes
      return {
        attempts,
        text: letter.text,
        orderingKey: letter.orderingKey,
        attributes: { ...attributes, CloudPubSubDeadLetterSourceSubscriptionProject: '(the project)' },
        timed: Number.isFinite(Date.parse(time ?? '')),
      }
    },
    answer: {
      attempts: [1, 2, 3, 4, 5],
      text: 'bad',
      orderingKey: 'key',
      attributes: {
        a: 'b',
        CloudPubSubDeadLetterSourceDeliveryCount: '5',
        CloudPubSubDeadLetterSourceSubscription: 'sub-a',
        CloudPubSubDeadLetterSourceSubscriptionProject: '(the project)',
      },
      timed: true,
    },
  },
  {
    title: "the client's message stream brings messages and acknowledges them",
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic)
      await world.publish(topic, { text: 'one' }, { text: 'two' })
      const stream = world.pubsub.subscription('sub-a')
      const texts: string[] = []
      stream.on('message', (message: Message) => {
        texts.push(message.data.toString())
        message.ack()
      })
      await eventually(() => texts.length >= 2)
      await world.publish(topic, { text: 'three' })
      await eventually(() => texts.length >= 3)
      await stream.close()
      return { texts, left: (await world.pull(subscription)).length }
    },
    answer: { texts: ['one', 'two', 'three'], left: 0 },
  },
  {
    title: "the client's publisher keeps the order of a key",
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic, { enableMessageOrdering: true })
      const publisher = world.pubsub.topic('topic-a', { messageOrdering: true })
      await Promise.all(
        ['1', '2', '3', '4'].map((text) =>
          publisher.publishMessage({ data: Buffer.from(text), orderingKey: 'key' }),
        ),
      )
      return (await world.pull(subscription)).map(({ text }) => text)
    },
    answer: ['1', '2', '3', '4'],
  },
]
