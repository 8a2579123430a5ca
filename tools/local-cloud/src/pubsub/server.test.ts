import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Message } from '@google-cloud/pubsub'
import { createServiceContext } from '../service-context.ts'
import { codeOf, createWorld, eventually } from './conformance/world.ts'
import { startPubSub } from './server.ts'

const SLOW = { minimumBackoff: { seconds: 600 }, maximumBackoff: { seconds: 600 } }

async function start(dataDir?: string) {
  const context = createServiceContext({ projectId: 'demo-clarity', dataDir })
  const service = await startPubSub(context, { port: 0 })
  const world = createWorld(`127.0.0.1:${service.port}`)
  return {
    context,
    service,
    world,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await service[Symbol.asyncDispose]()
      context.database.close()
    },
  }
}

describe('Pub/Sub server', () => {
  test('what is not played is refused by name', async () => {
    await using cloud = await start()
    const topic = await cloud.world.createTopic('work')
    const call = cloud.world.publisher.detachSubscription({ subscription: cloud.world.subscription('sub-a') })

    await expect(call).rejects.toMatchObject({ details: expect.stringContaining('DetachSubscription') })
    await expect(
      cloud.world.createSubscription('filtered', topic, { filter: 'attributes.a = "b"' }),
    ).rejects.toMatchObject({ code: 12, details: expect.stringContaining('filter') })
  })

  test('a fault fails the calls it names, as often as it says', async () => {
    await using cloud = await start()
    const topic = await cloud.world.createTopic('work')
    cloud.context.faults.add({ service: 'pubsub', method: 'Publish', code: 'PERMISSION_DENIED', times: 1 })
    const codes = [
      await codeOf(cloud.world.publisher.getTopic({ topic })),
      await codeOf(cloud.world.publish(topic, { text: 'one' })),
      await codeOf(cloud.world.publish(topic, { text: 'one' })),
    ]

    expect(codes).toEqual(['OK', 'PERMISSION_DENIED', 'OK'])
  })

  test('a reset drops the messages and keeps topics and subscriptions', async () => {
    await using cloud = await start()
    const topic = await cloud.world.createTopic('work')
    const subscription = await cloud.world.createSubscription('sub-a', topic)
    const [before] = await cloud.world.publish(topic, { text: 'one' })
    cloud.service.reset()
    const [after] = await cloud.world.publish(topic, { text: 'two' })

    expect((await cloud.world.pull(subscription)).map(({ text }) => text)).toEqual(['two'])
    expect(Number(after)).toBeGreaterThan(Number(before))
  })

  test('a message whose ack deadline ends is handed out again, and its old ack id does nothing', async () => {
    await using cloud = await start()
    const topic = await cloud.world.createTopic('work')
    const subscription = await cloud.world.createSubscription('sub-a', topic)
    await cloud.world.publish(topic, { text: 'one' })
    const [first] = await cloud.world.pull(subscription)
    const ackIds = [first?.ackId ?? '']
    await cloud.world.subscriber.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: 1 })
    const [again] =
      (await cloud.world.subscriber.pull({ subscription, maxMessages: 1 }))[0].receivedMessages ?? []
    await cloud.world.subscriber.acknowledge({ subscription, ackIds })

    expect(again?.ackId).not.toBe(first?.ackId)
    expect(cloud.service.topics()[0]?.subscriptions[0]?.backlog).toBe(1)
  })

  test('a message given back takes the later ones of its ordering key with it', async () => {
    await using cloud = await start()
    const topic = await cloud.world.createTopic('work')
    const subscription = await cloud.world.createSubscription('sub-a', topic, { enableMessageOrdering: true })
    await cloud.world.publish(topic, ...['1', '2', '3'].map((text) => ({ text, orderingKey: 'key' })))
    const first = await cloud.world.pull(subscription)
    const ackIds = [first[1]?.ackId ?? '']
    await cloud.world.subscriber.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: 0 })
    const held = await cloud.world.pull(subscription)
    await cloud.world.subscriber.acknowledge({ subscription, ackIds: [first[0]?.ackId ?? ''] })
    const again = await cloud.world.pull(subscription)

    expect(held).toEqual([])
    expect(again.map(({ text }) => text)).toEqual(['2', '3'])
  })

  test('an open message stream ends with NOT_FOUND when its subscription is deleted', async () => {
    await using cloud = await start()
    const topic = await cloud.world.createTopic('work')
    const subscription = await cloud.world.createSubscription('sub-a', topic)
    const stream = cloud.world.pubsub.subscription('sub-a')
    const failed = new Promise((resolve) => void stream.once('error', resolve))
    const acknowledged = new Promise<void>((resolve) => {
      stream.on('message', (message: Message) => {
        message.ack()
        resolve()
      })
    })
    await cloud.world.publish(topic, { text: 'one' })
    await acknowledged
    await cloud.world.subscriber.deleteSubscription({ subscription })

    const error = await failed
    await stream.close()

    expect(error).toMatchObject({ code: 5 })
  })

  test('many messages of many keys all arrive', async () => {
    await using cloud = await start()
    const endpoint = await cloud.world.endpoint((_pushed, index) => (index % 10 === 0 ? 503 : 204))
    const topic = await cloud.world.createTopic('work')
    await cloud.world.createSubscription('work-push', topic, {
      pushConfig: { pushEndpoint: endpoint.url },
      enableMessageOrdering: true,
      retryPolicy: { minimumBackoff: { nanos: 1e6 }, maximumBackoff: { nanos: 2e6 } },
    })
    const texts = Array.from({ length: 300 }, (_, index) => String(index))
    await cloud.world.publish(
      topic,
      ...texts.map((text) => ({ text, orderingKey: `key-${Number(text) % 20}` })),
    )
    await eventually(() => cloud.service.topics()[0]?.subscriptions[0]?.backlog === 0)
    const ofOneKey = endpoint.pushes.map(({ text }) => Number(text)).filter((text) => text % 20 === 7)

    expect(new Set(endpoint.pushes.map(({ text }) => text))).toEqual(new Set(texts))
    expect(ofOneKey).toEqual(ofOneKey.toSorted((a, b) => a - b))
  })
})

describe('Pub/Sub after its process was killed', () => {
  let folder: string
  let child: ChildProcess

  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'local-cloud-'))))
  afterEach(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })

  /** A Pub/Sub in a process of its own, so that it can be killed. */
  async function startProcess() {
    const module = (path: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, path)).href)
    const script = `
      import { createServiceContext } from ${module('../service-context.ts')}
      import { startPubSub } from ${module('server.ts')}
      const context = createServiceContext({ projectId: 'demo-clarity', dataDir: ${JSON.stringify(folder)} })
      console.log((await startPubSub(context, { port: 0 })).port)`
    child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const port = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (data) => resolve(String(data))),
    )
    return createWorld(`127.0.0.1:${port.trim()}`)
  }

  async function kill(): Promise<void> {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  test('what was published is delivered, acknowledged messages are not, attempts go on', async () => {
    const before = await startProcess()
    const topic = await before.createTopic('work')
    const dead = await before.createTopic('dead')
    const subscription = await before.createSubscription('sub-a', topic, {
      deadLetterPolicy: { deadLetterTopic: dead },
      retryPolicy: { minimumBackoff: { nanos: 1e6 }, maximumBackoff: { nanos: 1e6 } },
    })
    await before.publish(topic, { text: 'done' }, { text: 'failed' }, { text: 'out' })
    const [done, failed, out] = await before.pull(subscription)
    const { subscriber } = before
    await subscriber.acknowledge({ subscription, ackIds: [done?.ackId ?? ''] })
    await subscriber.modifyAckDeadline({ subscription, ackIds: [failed?.ackId ?? ''], ackDeadlineSeconds: 0 })
    await kill()
    await before[Symbol.asyncDispose]()
    await using cloud = await start(folder)
    await cloud.world.subscriber.acknowledge({ subscription, ackIds: [out?.ackId ?? ''] })
    const left = await eventually(async () => {
      const messages = await cloud.world.pull(subscription)
      return messages.length > 0 && messages
    })

    expect(left.map(({ text, deliveryAttempt }) => [text, deliveryAttempt])).toEqual([['failed', 2]])
    expect(cloud.service.topics()[1]?.subscriptions[0]?.backlog).toBe(1)
  })

  test('a push that was under way is made again with the same attempt', async () => {
    const attempts: unknown[] = []
    const endpoint = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        attempts.push((JSON.parse(body) as { deliveryAttempt: number }).deliveryAttempt)
        if (attempts.length > 1) response.writeHead(204).end()
      })
    })
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
    const before = await startProcess()
    const topic = await before.createTopic('work')
    await before.createSubscription('sub-a', topic, {
      pushConfig: { pushEndpoint: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/` },
      deadLetterPolicy: { deadLetterTopic: await before.createTopic('dead') },
      retryPolicy: SLOW,
    })
    await before.publish(topic, { text: 'one' })
    await eventually(() => attempts.length === 1)
    await kill()
    await before[Symbol.asyncDispose]()
    await using cloud = await start(folder)
    await eventually(() => cloud.service.topics().every(({ subscriptions }) => !subscriptions[0]?.backlog))
    endpoint.closeAllConnections()
    endpoint.close()

    expect(attempts).toEqual([1, 1])
  })
})
