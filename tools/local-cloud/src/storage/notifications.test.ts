import { PubSub, type Subscription } from '@google-cloud/pubsub'
import { type Bucket, Storage } from '@google-cloud/storage'
import { type LocalCloud, startLocalCloud } from '../local-cloud.ts'

const projectId = 'demo-clarity'

interface Notified {
  readonly attributes: Record<string, string>
  readonly data: string
}

describe('the notifications of a bucket', () => {
  let cloud: LocalCloud
  let pubsub: PubSub
  let subscription: Subscription
  let bucket: Bucket
  let received: Notified[]

  beforeEach(async () => {
    cloud = await startLocalCloud({ projectId, services: ['storage', 'pubsub'] })
    pubsub = new PubSub({ projectId, apiEndpoint: `127.0.0.1:${cloud.ports.pubsub}`, emulatorMode: true })
    const [topic] = await pubsub.createTopic('finalized')
    ;[subscription] = await topic.createSubscription('finalized-pull')
    received = []
    subscription.on('message', (message) => {
      received.push({ attributes: message.attributes, data: message.data.toString() })
      message.ack()
    })
    const storage = new Storage({ projectId, apiEndpoint: `http://127.0.0.1:${cloud.ports.storage}` })
    ;[bucket] = await storage.bucket('raw').create()
  })
  afterEach(async () => {
    await subscription.close()
    await pubsub.close()
    await cloud[Symbol.asyncDispose]()
  })

  const notified = async (count: number): Promise<Notified[]> => {
    for (let tries = 0; tries < 200 && received.length < count; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return received
  }
  const topicName = `projects/${projectId}/topics/finalized`

  it('tell of each object that is complete, with its resource and Google’s attributes', async () => {
    const [notification] = await bucket.createNotification(topicName, {
      eventTypes: ['OBJECT_FINALIZE'],
      objectNamePrefix: 'incoming/',
      payloadFormat: 'JSON_API_V1',
    })
    await bucket.file('elsewhere/x').save('x', { resumable: false })
    const file = bucket.file('incoming/u/1')
    await file.save(Buffer.alloc(600_000), {
      resumable: true,
      chunkSize: 262_144,
      metadata: { metadata: { traceparent: '00-1-2-01' } },
    })
    await file.delete()
    const [{ attributes, data }] = (await notified(1)) as [Notified]
    const generation = String(file.metadata.generation)
    expect(attributes).toEqual({
      notificationConfig: `projects/_/buckets/raw/notificationConfigs/${notification.id}`,
      eventType: 'OBJECT_FINALIZE',
      payloadFormat: 'JSON_API_V1',
      bucketId: 'raw',
      objectId: 'incoming/u/1',
      objectGeneration: generation,
      eventTime: expect.any(String),
    })
    expect(JSON.parse(data)).toMatchObject({
      kind: 'storage#object',
      name: 'incoming/u/1',
      bucket: 'raw',
      generation,
      size: '600000',
      metadata: { traceparent: '00-1-2-01' },
    })
    expect(await notified(2)).toHaveLength(1)
  })

  it('tell of every change where no event is chosen, and of what an object took the place of', async () => {
    await bucket.createNotification(topicName, { payloadFormat: 'NONE', customAttributes: { of: 'all' } })
    const file = bucket.file('x')
    await file.save('a', { resumable: false })
    const first = String(file.metadata.generation)
    await file.save('b', { resumable: false })
    await file.setMetadata({ contentType: 'text/plain' })
    await file.delete()
    const events = (await notified(5)).map(({ attributes }) => attributes)
    expect(events.map(({ eventType }) => eventType).sort()).toEqual([
      'OBJECT_DELETE',
      'OBJECT_DELETE',
      'OBJECT_FINALIZE',
      'OBJECT_FINALIZE',
      'OBJECT_METADATA_UPDATE',
    ])
    expect(events.find(({ overwroteGeneration }) => overwroteGeneration)).toMatchObject({
      of: 'all',
      overwroteGeneration: first,
    })
    expect(received.every(({ data }) => data === '')).toBe(true)
  })

  it('are listed, read and deleted by id', async () => {
    const [notification] = await bucket.createNotification(topicName)
    const [listed] = await bucket.getNotifications()
    expect(listed.map(({ id }) => id)).toEqual([notification.id])
    expect((await notification.getMetadata())[0]).toMatchObject({
      topic: `//pubsub.googleapis.com/${topicName}`,
      payload_format: 'JSON_API_V1',
    })
    await notification.delete()
    expect((await bucket.getNotifications())[0]).toEqual([])
    await expect(notification.getMetadata()).rejects.toMatchObject({ code: 404 })
    await expect(bucket.createNotification('projects/p/t')).rejects.toMatchObject({ code: 400 })
  })
})
