import type { ConformanceCase } from './conformance-case.ts'
import { codeOf, eventually, type Pushed } from './world.ts'

/** A pushed body with what differs from run to run replaced by its relation to the rest. */
function comparable({ body, headers }: Pushed, subscription: string): object {
  const { messageId, message_id, publishTime, publish_time, ...message } = body.message
  return {
    ...body,
    subscription: body.subscription === subscription,
    message,
    sameId: /^\d+$/.test(String(messageId)) && messageId === message_id,
    sameTime: Number.isFinite(Date.parse(String(publishTime))) && publishTime === publish_time,
    type: headers['content-type'],
    traceparent: headers['traceparent'] ?? null,
  }
}

/** Long enough for the emulator to make a push again. */
const REDELIVERY_MS = 4000

const SAME = {
  subscription: true,
  sameId: true,
  sameTime: true,
  type: 'application/json',
  traceparent: null,
}

/** Whether a push that was answered with `status` is made again. */
function redelivered(status: number): ConformanceCase {
  return {
    title: `a push that is answered ${status} is made again`,
    async steps(world) {
      const endpoint = await world.endpoint((_, index) => (index === 0 ? status : 204))
      const topic = await world.createTopic('topic-a')
      await world.createSubscription('sub-a', topic, { pushConfig: { pushEndpoint: endpoint.url } })
      await world.publish(topic, { text: 'first' })
      const [first, second] = await eventually(
        () => endpoint.pushes.length >= 2 && endpoint.pushes,
        REDELIVERY_MS,
      ).catch(() => endpoint.pushes)
      return first !== undefined && first.text === second?.text
    },
    answer: true,
    ...(status === 203
      ? { googleEmulator: { answer: false, why: 'The emulator takes each 2xx for an acknowledgement.' } }
      : {}),
  }
}

export const pushCases: readonly ConformanceCase[] = [
  {
    title: 'a push wraps the message in an envelope that has both spellings and nothing empty',
    async steps(world) {
      const endpoint = await world.endpoint(() => 204)
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic, {
        pushConfig: { pushEndpoint: endpoint.url },
        enableMessageOrdering: true,
        deadLetterPolicy: { deadLetterTopic: await world.createTopic('dead') },
      })
      await world.publish(topic, { text: 'one', attributes: { a: 'b' }, orderingKey: 'key' })
      await eventually(() => endpoint.pushes.length === 1)
      await world.publish(topic, { attributes: { only: 'attributes' } })
      await eventually(() => endpoint.pushes.length === 2)
      return endpoint.pushes.map((pushed) => comparable(pushed, subscription))
    },
    answer: [
      {
        ...SAME,
        deliveryAttempt: 1,
        message: { data: 'b25l', attributes: { a: 'b' }, orderingKey: 'key' },
      },
      { ...SAME, deliveryAttempt: 1, message: { attributes: { only: 'attributes' } } },
    ],
    googleEmulator: {
      answer: [
        { ...SAME, message: { data: 'b25l', attributes: { a: 'b' } } },
        { ...SAME, message: { data: '', attributes: { only: 'attributes' } } },
      ],
      why: 'The emulator leaves out deliveryAttempt and orderingKey, and sends empty data; Pub/Sub does the contrary.',
    },
  },
  {
    title: 'a push without a dead-letter policy counts no attempts',
    async steps(world) {
      const endpoint = await world.endpoint(() => 204)
      const topic = await world.createTopic('topic-a')
      await world.createSubscription('sub-a', topic, { pushConfig: { pushEndpoint: endpoint.url } })
      await world.publish(topic, { text: 'one', attributes: { a: 'b' } })
      const pushed = await eventually(() => endpoint.pushes[0])
      return { keys: Object.keys(pushed.body).sort(), message: Object.keys(pushed.body.message).sort() }
    },
    answer: {
      keys: ['message', 'subscription'],
      message: ['attributes', 'data', 'messageId', 'message_id', 'publishTime', 'publish_time'],
    },
  },
  ...[200, 201, 202, 204].map(
    (status) =>
      ({
        title: `a push that is answered ${status} is acknowledged`,
        async steps(world) {
          const endpoint = await world.endpoint(() => status)
          const topic = await world.createTopic('topic-a')
          await world.createSubscription('sub-a', topic, { pushConfig: { pushEndpoint: endpoint.url } })
          await world.publish(topic, { text: 'first' })
          await eventually(() => endpoint.pushes.length > 0)
          await world.publish(topic, { text: 'second' })
          await eventually(() => endpoint.pushes.some(({ text }) => text === 'second'))
          return endpoint.pushes.map(({ text }) => text)
        },
        answer: ['first', 'second'],
      }) satisfies ConformanceCase,
  ),
  ...[203, 302, 400, 503].map((status) => redelivered(status)),
  {
    title: 'a pull subscription begins to push when it is given an endpoint, and stops when it loses it',
    async steps(world) {
      const endpoint = await world.endpoint(() => 204)
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic)
      await world.publish(topic, { text: 'waiting' })
      await world.subscriber.modifyPushConfig({ subscription, pushConfig: { pushEndpoint: endpoint.url } })
      await eventually(() => endpoint.pushes.length === 1)
      await world.subscriber.modifyPushConfig({ subscription, pushConfig: {} })
      await world.publish(topic, { text: 'to be pulled' })
      const [pulled] = await eventually(async () => {
        const messages = await world.pull(subscription)
        return messages.length > 0 && messages
      })
      return { pushed: endpoint.pushes.map(({ text }) => text), pulled: pulled?.text }
    },
    answer: { pushed: ['waiting'], pulled: 'to be pulled' },
  },
  {
    title: 'nobody pulls from a push subscription',
    async steps(world) {
      const endpoint = await world.endpoint(() => 204)
      const topic = await world.createTopic('topic-a')
      await world.createSubscription('sub-a', topic, { pushConfig: { pushEndpoint: endpoint.url } })
      return codeOf(world.pull(world.subscription('sub-a')))
    },
    answer: 'FAILED_PRECONDITION',
    googleEmulator: { answer: 'OK', why: 'The emulator answers with nothing; Pub/Sub refuses the method.' },
  },
]
