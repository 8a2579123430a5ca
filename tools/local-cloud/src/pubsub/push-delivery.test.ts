import { setTimeout as delay } from 'node:timers/promises'
import { OAuth2Client } from 'google-auth-library'
import type { ServiceContext } from '../emulated-service.ts'
import { freePort } from '../free-port.ts'
import { startMetadataServer } from '../metadata/server.ts'
import { createServiceContext } from '../service-context.ts'
import { createWorld, eventually, type SubscriptionSettings, type World } from './conformance/world.ts'
import { startPubSub, type PubSubService } from './server.ts'

const PUSHER = 'clarity-push-analysis@demo-clarity.iam.gserviceaccount.com'
const FAST = { minimumBackoff: { nanos: 1e6 }, maximumBackoff: { nanos: 2e6 } }

describe('push delivery', () => {
  let context: ServiceContext
  let service: PubSubService
  let world: World

  beforeEach(async () => {
    context = createServiceContext({ projectId: 'demo-clarity' })
    service = await startPubSub(context, { port: 0 })
    world = createWorld(`127.0.0.1:${service.port}`)
  })

  afterEach(async () => {
    await world[Symbol.asyncDispose]()
    await service[Symbol.asyncDispose]()
  })

  /** A topic with a push subscription, its dead-letter topic and the pull subscription of that. */
  async function pushTopology(url: string, settings: SubscriptionSettings = {}) {
    const topic = await world.createTopic('work')
    const deadLetterTopic = await world.createTopic('work-dead-letter')
    const dead = await world.createSubscription('work-dead-letter-pull', deadLetterTopic)
    await world.createSubscription('work-push', topic, {
      pushConfig: { pushEndpoint: url, oidcToken: { serviceAccountEmail: PUSHER } },
      retryPolicy: FAST,
      enableMessageOrdering: true,
      deadLetterPolicy: { deadLetterTopic, maxDeliveryAttempts: 5 },
      ...settings,
    })
    return { topic, dead }
  }

  test.each([
    ['the endpoint', undefined],
    ['the audience asked for', 'https://analysis.example'],
  ])("a push carries the push account's ID token for %s", async (_title, audience) => {
    await using metadata = await startMetadataServer(context, { port: 0 })
    const endpoint = await world.endpoint(() => 204)
    const oidcToken = { serviceAccountEmail: PUSHER, audience: audience ?? '' }
    const { topic } = await pushTopology(endpoint.url, {
      pushConfig: { pushEndpoint: endpoint.url, oidcToken },
    })
    await world.publish(topic, { text: 'one' })
    const { headers } = await eventually(() => endpoint.pushes[0])
    const verifier = new OAuth2Client({
      transporterOptions: { fetchImplementation: fetch },
      endpoints: { oauth2FederatedSignonPemCertsUrl: `http://127.0.0.1:${metadata.port}/oauth2/v1/certs` },
    })
    const ticket = await verifier.verifyIdToken({
      idToken: headers.authorization?.replace('Bearer ', '') ?? '',
      audience: audience ?? endpoint.url,
    })

    expect(ticket.getPayload()).toMatchObject({ email: PUSHER, email_verified: true })
  })

  test('a push without an OIDC setting carries no token', async () => {
    const endpoint = await world.endpoint(() => 204)
    const { topic } = await pushTopology(endpoint.url, { pushConfig: { pushEndpoint: endpoint.url } })
    await world.publish(topic, { text: 'one' })
    const { headers } = await eventually(() => endpoint.pushes[0])

    expect(headers.authorization).toBeUndefined()
  })

  test('102 acknowledges a push', async () => {
    const endpoint = await world.endpoint(() => 102)
    const { topic } = await pushTopology(endpoint.url)
    await world.publish(topic, { text: 'one' })
    await eventually(() => service.topics()[0]?.subscriptions[0]?.backlog === 0 && endpoint.pushes[0])

    expect(endpoint.pushes).toHaveLength(1)
  })

  test('a push that nobody answers within the ack deadline is made again', async () => {
    const endpoint = await world.endpoint((_pushed, index) => (index === 0 ? 0 : 204))
    const { topic } = await pushTopology(endpoint.url)
    await service[Symbol.asyncDispose]()
    // The shortest ack deadline that Pub/Sub allows is 10 s, too long to wait for here.
    context.database.exec(
      `UPDATE pubsub_subscriptions SET resource = json_set(resource, '$.ackDeadlineSeconds', 0.2)`,
    )
    service = await startPubSub(context, { port: service.port })
    await world.publish(topic, { text: 'one' })
    const [, second] = await eventually(() => endpoint.pushes.length >= 2 && endpoint.pushes)

    expect(second?.body.deliveryAttempt).toBe(2)
  })

  test('a failing message holds back its ordering key alone, and no longer than to its dead letter', async () => {
    const endpoint = await world.endpoint(({ text }) => (text === 'bad' ? 500 : 204))
    const { topic, dead } = await pushTopology(endpoint.url)
    await world.publish(
      topic,
      { text: 'bad', orderingKey: 'a' },
      { text: 'later', orderingKey: 'a' },
      { text: 'other', orderingKey: 'b' },
    )
    await eventually(() => endpoint.pushes.some(({ text }) => text === 'later'))
    const order = endpoint.pushes.map(({ text }) => text)
    const [letter] = await eventually(async () => {
      const letters = await world.pull(dead)
      return letters.length > 0 && letters
    })

    expect(order.filter((text) => text === 'bad')).toHaveLength(5)
    expect(order.indexOf('later')).toBeGreaterThan(order.lastIndexOf('bad'))
    expect(order.indexOf('other')).toBeLessThan(order.lastIndexOf('bad'))
    expect(
      endpoint.pushes.filter(({ text }) => text === 'bad').map(({ body }) => body.deliveryAttempt),
    ).toEqual([1, 2, 3, 4, 5])
    expect(letter?.attributes).toEqual({
      CloudPubSubDeadLetterSourceDeliveryCount: '5',
      CloudPubSubDeadLetterSourceSubscription: 'work-push',
      CloudPubSubDeadLetterSourceSubscriptionProject: world.project,
      CloudPubSubDeadLetterSourceTopicPublishTime: expect.stringMatching(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/,
      ),
    })
  })

  test('a push that a fault refuses reaches its endpoint later', async () => {
    const endpoint = await world.endpoint(() => 204)
    context.faults.add({ service: 'push', method: 'work-push', code: '503', times: 3 })
    const { topic } = await pushTopology(endpoint.url)
    await world.publish(topic, { text: 'one' })
    const { body } = await eventually(() => endpoint.pushes[0])

    expect(body.deliveryAttempt).toBe(4)
    expect(endpoint.pushes).toHaveLength(1)
  })

  test('a push waits for a service that does not listen yet, and counts no attempt meanwhile', async () => {
    const port = await freePort()
    const { topic } = await pushTopology(`http://127.0.0.1:${port}/`)
    await world.publish(topic, { text: 'one' })
    await delay(500)
    const endpoint = await world.endpoint(() => 204, port)
    const { body } = await eventually(() => endpoint.pushes[0])

    expect(body.deliveryAttempt).toBe(1)
  })

  test('a message whose push is under way can be pulled once the subscription pushes no more', async () => {
    const endpoint = await world.endpoint(() => 0)
    const { topic } = await pushTopology(endpoint.url, { ackDeadlineSeconds: 600 })
    await world.publish(topic, { text: 'one' })
    await eventually(() => endpoint.pushes[0])
    const subscription = world.subscription('work-push')
    await world.subscriber.modifyPushConfig({ subscription, pushConfig: {} })

    expect((await world.pull(subscription)).map(({ text }) => text)).toEqual(['one'])
  })

  test('backlog and dead letters are counted until they are acknowledged', async () => {
    const endpoint = await world.endpoint(() => 500)
    const { topic, dead } = await pushTopology(endpoint.url)
    const state = () => service.topics().flatMap(({ name, subscriptions }) => ({ name, subscriptions }))
    await world.publish(topic, { text: 'bad' })
    await eventually(() => service.topics()[0]?.subscriptions[0]?.dead_letters === 1)
    const counted = state()
    const letters = await world.pull(dead)
    await world.subscriber.acknowledge({ subscription: dead, ackIds: letters.map(({ ackId }) => ackId) })

    expect(counted).toEqual([
      { name: 'work', subscriptions: [{ name: 'work-push', backlog: 0, dead_letters: 1 }] },
      {
        name: 'work-dead-letter',
        subscriptions: [{ name: 'work-dead-letter-pull', backlog: 1, dead_letters: 0 }],
      },
    ])
    expect(state().flatMap(({ subscriptions }) => subscriptions)).toEqual([
      { name: 'work-push', backlog: 0, dead_letters: 0 },
      { name: 'work-dead-letter-pull', backlog: 0, dead_letters: 0 },
    ])
  })
})
