import type { DatabaseSync } from 'node:sqlite'
import type { SubscriptionResource, TopicResource } from './protocol.ts'

/** What a subscription's `topic` says once its topic is gone. */
const DELETED_TOPIC = '_deleted-topic_'

/** A page of a list, in the order of names. */
export interface Page {
  readonly prefix: string
  readonly after: string
  readonly limit: number
}

/** Topics and subscriptions, kept in SQLite. */
export interface PubSubStore {
  getTopic(name: string): TopicResource | undefined
  putTopic(topic: TopicResource): void
  deleteTopic(name: string): void
  listTopics(page: Page): TopicResource[]
  getSubscription(name: string): SubscriptionResource | undefined
  putSubscription(subscription: SubscriptionResource): void
  deleteSubscription(name: string): void
  listSubscriptions(page: Page): SubscriptionResource[]
  subscriptionsOf(topic: string): SubscriptionResource[]
  allTopics(): TopicResource[]
  allSubscriptions(): SubscriptionResource[]
}

export function createPubSubStore(database: DatabaseSync): PubSubStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS pubsub_topics (name TEXT PRIMARY KEY, resource TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS pubsub_subscriptions (
      name TEXT PRIMARY KEY, topic TEXT NOT NULL, resource TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS pubsub_subscriptions_by_topic ON pubsub_subscriptions (topic);`)
  return { ...topics(database), ...subscriptions(database) }
}

function topics(database: DatabaseSync) {
  const get = database.prepare('SELECT resource FROM pubsub_topics WHERE name = ?')
  const put = database.prepare('INSERT OR REPLACE INTO pubsub_topics (name, resource) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM pubsub_topics WHERE name = ?')
  const orphan = database.prepare(
    `UPDATE pubsub_subscriptions SET topic = ?, resource = json_set(resource, '$.topic', ?) WHERE topic = ?`,
  )
  const list = database.prepare(
    'SELECT resource FROM pubsub_topics WHERE substr(name, 1, length(?1)) = ?1 AND name > ?2 ORDER BY name LIMIT ?3',
  )
  return {
    getTopic: (name: string) => parse<TopicResource>(get.get(name)),
    putTopic: (topic: TopicResource) => void put.run(topic.name, JSON.stringify(topic)),
    deleteTopic(name: string) {
      remove.run(name)
      orphan.run(DELETED_TOPIC, DELETED_TOPIC, name)
    },
    listTopics: ({ prefix, after, limit }: Page) => parseAll<TopicResource>(list.all(prefix, after, limit)),
    allTopics: () => parseAll<TopicResource>(list.all('', '', -1)),
  }
}

function subscriptions(database: DatabaseSync) {
  const get = database.prepare('SELECT resource FROM pubsub_subscriptions WHERE name = ?')
  const put = database.prepare(
    `INSERT INTO pubsub_subscriptions (name, topic, resource) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET topic = excluded.topic, resource = excluded.resource`,
  )
  const remove = database.prepare('DELETE FROM pubsub_subscriptions WHERE name = ?')
  const ofTopic = database.prepare('SELECT resource FROM pubsub_subscriptions WHERE topic = ? ORDER BY name')
  const list = database.prepare(
    'SELECT resource FROM pubsub_subscriptions WHERE substr(name, 1, length(?1)) = ?1 AND name > ?2 ORDER BY name LIMIT ?3',
  )
  return {
    getSubscription: (name: string) => parse<SubscriptionResource>(get.get(name)),
    putSubscription: (subscription: SubscriptionResource) =>
      void put.run(subscription.name, subscription.topic, JSON.stringify(subscription)),
    deleteSubscription: (name: string) => void remove.run(name),
    listSubscriptions: ({ prefix, after, limit }: Page) =>
      parseAll<SubscriptionResource>(list.all(prefix, after, limit)),
    subscriptionsOf: (topic: string) => parseAll<SubscriptionResource>(ofTopic.all(topic)),
    allSubscriptions: () => parseAll<SubscriptionResource>(list.all('', '', -1)),
  }
}

function parse<T>(row: Record<string, unknown> | undefined): T | undefined {
  return row && (JSON.parse(String(row['resource'])) as T)
}

function parseAll<T>(rows: Record<string, unknown>[]): T[] {
  return rows.map((row) => JSON.parse(String(row['resource'])) as T)
}
