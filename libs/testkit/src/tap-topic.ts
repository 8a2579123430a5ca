import { randomUUID } from 'node:crypto'
import { PubSub } from '@google-cloud/pubsub'
import { PROJECT_ID } from './system.ts'

export interface TopicTap extends AsyncDisposable {
  /** The data of every message published since the tap was opened, as far as it has arrived. */
  messages(): readonly Readonly<Record<string, unknown>>[]
}

/** Reads along what is published to a topic, through a pull subscription that lasts as long as the tap. */
export async function tapTopic(topic: string, pubsubHost: string): Promise<TopicTap> {
  const pubsub = new PubSub({ projectId: PROJECT_ID, apiEndpoint: pubsubHost, emulatorMode: true })
  const [subscription] = await pubsub.topic(topic).createSubscription(`tap-${randomUUID()}`)
  const messages: Record<string, unknown>[] = []
  subscription.on('message', (message) => {
    messages.push(JSON.parse(String(message.data)) as Record<string, unknown>)
    message.ack()
  })
  return {
    messages: () => messages,
    [Symbol.asyncDispose]: async () => {
      await subscription.close()
      await subscription.delete()
      await pubsub.close()
    },
  }
}
