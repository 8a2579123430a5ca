import type { ConformanceCase } from './conformance-case.ts'
import { codeOf, type SubscriptionSettings, type World } from './world.ts'

const LENIENT = 'The emulator does not check this limit; Pub/Sub does.'

/** The status with which a subscription with these settings is created. */
function creating(settings: (world: World) => NonNullable<SubscriptionSettings>) {
  return async (world: World) => {
    const topic = await world.createTopic('topic-a')
    return codeOf(world.createSubscription('sub-a', topic, settings(world)))
  }
}

export const resourceCases: readonly ConformanceCase[] = [
  {
    title: 'a topic is created once, found, listed and deleted once',
    async steps(world) {
      const { publisher } = world
      const topic = await world.createTopic('topic-a')
      const again = await codeOf(world.createTopic('topic-a'))
      const [found] = await publisher.getTopic({ topic })
      await world.createTopic('topic-b')
      const [listed] = await publisher.listTopics({ project: `projects/${world.project}` })
      await publisher.deleteTopic({ topic })
      return {
        again,
        found: found.name === topic,
        listed: listed.map(({ name }) => name?.split('/').at(-1)),
        gone: await codeOf(publisher.getTopic({ topic })),
        deletedAgain: await codeOf(publisher.deleteTopic({ topic })),
      }
    },
    answer: {
      again: 'ALREADY_EXISTS',
      found: true,
      listed: ['topic-a', 'topic-b'],
      gone: 'NOT_FOUND',
      deletedAgain: 'NOT_FOUND',
    },
  },
  {
    title: 'names that Pub/Sub does not allow are refused',
    steps: (world) =>
      Promise.all(
        [world.topic('ab'), world.topic('google-topic'), world.topic('1abc'), 'topics/topic-a'].map((name) =>
          codeOf(world.publisher.createTopic({ name })),
        ),
      ),
    answer: ['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT'],
  },
  {
    title: 'lists come in pages',
    async steps(world) {
      for (const id of ['topic-a', 'topic-b', 'topic-c']) await world.createTopic(id)
      const project = `projects/${world.project}`
      const [first, , { nextPageToken }] = (await world.publisher.listTopics(
        { project, pageSize: 2 },
        { autoPaginate: false },
      )) as unknown as [{ name: string }[], unknown, { nextPageToken: string }]
      const [second] = await world.publisher.listTopics(
        { project, pageSize: 2, pageToken: nextPageToken },
        { autoPaginate: false },
      )
      return [first, second].map((page) => page.map(({ name }) => name?.split('/').at(-1)))
    },
    answer: [['topic-a', 'topic-b'], ['topic-c']],
  },
  {
    title: 'a subscription gets the standard settings, is found, listed and deleted',
    async steps(world) {
      const { publisher, subscriber } = world
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic, {
        deadLetterPolicy: { deadLetterTopic: topic },
        retryPolicy: {},
      })
      const again = await codeOf(world.createSubscription('sub-a', topic))
      const [found] = await subscriber.getSubscription({ subscription })
      const [ofTopic] = await publisher.listTopicSubscriptions({ topic })
      const [ofProject] = await subscriber.listSubscriptions({ project: `projects/${world.project}` })
      await subscriber.deleteSubscription({ subscription })
      return {
        again,
        ackDeadlineSeconds: found.ackDeadlineSeconds,
        attempts: found.deadLetterPolicy?.maxDeliveryAttempts,
        retryPolicy: found.retryPolicy,
        retention: found.messageRetentionDuration,
        listed: [ofTopic, ofProject.map(({ name }) => name)].map((names) => names.includes(subscription)),
        gone: await codeOf(subscriber.getSubscription({ subscription })),
        deletedAgain: await codeOf(subscriber.deleteSubscription({ subscription })),
      }
    },
    answer: {
      again: 'ALREADY_EXISTS',
      ackDeadlineSeconds: 10,
      attempts: 5,
      retryPolicy: {
        minimumBackoff: { seconds: '10', nanos: 0 },
        maximumBackoff: { seconds: '600', nanos: 0 },
      },
      retention: { seconds: '604800', nanos: 0 },
      listed: [true, true],
      gone: 'NOT_FOUND',
      deletedAgain: 'NOT_FOUND',
    },
  },
  {
    title: 'a subscription of a topic that is not there is refused',
    steps: (world) => codeOf(world.createSubscription('sub-a', world.topic('nowhere'))),
    answer: 'NOT_FOUND',
  },
  {
    title: 'a dead-letter topic that is not there is refused',
    steps: creating((world) => ({ deadLetterPolicy: { deadLetterTopic: world.topic('nowhere') } })),
    answer: 'NOT_FOUND',
  },
  {
    title: 'an ack deadline above 600 seconds is refused',
    steps: creating(() => ({ ackDeadlineSeconds: 601 })),
    answer: 'INVALID_ARGUMENT',
  },
  {
    title: 'an ack deadline below 10 seconds is refused',
    steps: creating(() => ({ ackDeadlineSeconds: 9 })),
    answer: 'INVALID_ARGUMENT',
    googleEmulator: { answer: 'OK', why: LENIENT },
  },
  ...[4, 101].map((maxDeliveryAttempts) => ({
    title: `${maxDeliveryAttempts} delivery attempts are refused`,
    steps: creating((world) => ({
      deadLetterPolicy: { deadLetterTopic: world.topic('topic-a'), maxDeliveryAttempts },
    })),
    answer: 'OUT_OF_RANGE',
  })),
  {
    title: 'a back-off above 600 seconds is refused',
    steps: creating(() => ({ retryPolicy: { maximumBackoff: { seconds: 601 } } })),
    answer: 'INVALID_ARGUMENT',
  },
  {
    title: 'a maximum back-off below the minimum is refused',
    steps: creating(() => ({
      retryPolicy: { minimumBackoff: { seconds: 20 }, maximumBackoff: { seconds: 2 } },
    })),
    answer: 'INVALID_ARGUMENT',
  },
  {
    title: 'a push endpoint that is no URL is refused',
    steps: creating(() => ({ pushConfig: { pushEndpoint: 'nowhere' } })),
    answer: 'INVALID_ARGUMENT',
  },
  {
    title: 'the subscriptions of a topic that is not there are not found',
    steps: (world) => codeOf(world.publisher.listTopicSubscriptions({ topic: world.topic('nowhere') })),
    answer: 'NOT_FOUND',
    googleEmulator: {
      answer: 'OK',
      why: 'The emulator lists nothing; Pub/Sub says that the topic is missing.',
    },
  },
  {
    title: 'an update changes what its mask names, and only fields that may change',
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const name = await world.createSubscription('sub-a', topic, { ackDeadlineSeconds: 20 })
      const update = (subscription: object, paths: string[]) =>
        world.subscriber.updateSubscription({
          subscription: { name, ...subscription },
          updateMask: { paths },
        })
      const [updated] = await update({ ackDeadlineSeconds: 33 }, ['ack_deadline_seconds'])
      return {
        deadline: updated.ackDeadlineSeconds,
        topicKept: updated.topic === topic,
        refused: await Promise.all([
          codeOf(update({ topic: 'x' }, ['topic'])),
          codeOf(update({}, ['nothing'])),
          codeOf(update({}, [])),
          codeOf(update({ name: world.subscription('nowhere') }, ['ack_deadline_seconds'])),
        ]),
      }
    },
    answer: {
      deadline: 33,
      topicKept: true,
      refused: ['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'NOT_FOUND'],
    },
  },
  {
    title: 'a subscription outlives its topic, with its messages',
    async steps(world) {
      const topic = await world.createTopic('topic-a')
      const subscription = await world.createSubscription('sub-a', topic)
      await world.publish(topic, { text: 'left over' })
      await world.publisher.deleteTopic({ topic })
      const [found] = await world.subscriber.getSubscription({ subscription })
      return { topic: found.topic, left: (await world.pull(subscription)).map(({ text }) => text) }
    },
    answer: { topic: '_deleted-topic_', left: ['left over'] },
  },
]
