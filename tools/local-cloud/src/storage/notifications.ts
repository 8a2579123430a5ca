import type { DatabaseSync } from 'node:sqlite'
import type { Topics } from '../topics.ts'
import { objectResource } from './object-resource.ts'
import type { StoredObject } from './store.ts'

export const NOTIFIED_EVENTS = ['OBJECT_FINALIZE', 'OBJECT_DELETE', 'OBJECT_METADATA_UPDATE'] as const
export type NotifiedEvent = (typeof NOTIFIED_EVENTS)[number]

/** The notification that a bucket sends, in the words of the JSON API. */
export interface NotificationConfig {
  readonly id: string
  /** `//pubsub.googleapis.com/projects/p/topics/t`. */
  readonly topic: string
  readonly payload_format: 'JSON_API_V1' | 'NONE'
  readonly event_types?: readonly string[]
  readonly object_name_prefix?: string
  readonly custom_attributes?: Readonly<Record<string, string>>
}

export interface ObjectEvent {
  readonly type: NotifiedEvent
  readonly object: StoredObject
  /** The generation that this object took the place of. */
  readonly overwrote?: number | undefined
}

export interface Notifications {
  add(bucket: string, config: Omit<NotificationConfig, 'id'>): NotificationConfig
  list(bucket: string): NotificationConfig[]
  remove(bucket: string, id: string): void
  /** Publishes to every topic whose configuration asks for this event. */
  notify(event: ObjectEvent): void
}

/** The notifications of buckets in SQLite; their messages join the transaction in which an object changes. */
export function createNotifications(database: DatabaseSync, topics: Topics): Notifications {
  database.exec(`CREATE TABLE IF NOT EXISTS storage_notifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, record TEXT NOT NULL) STRICT`)
  const select = database.prepare('SELECT id, record FROM storage_notifications WHERE bucket = ? ORDER BY id')
  const list = (bucket: string) =>
    select.all(bucket).map((row) => ({
      ...(JSON.parse(String(row['record'])) as Omit<NotificationConfig, 'id'>),
      id: String(row['id']),
    }))
  return {
    list,
    add(bucket, config) {
      const { lastInsertRowid } = database
        .prepare('INSERT INTO storage_notifications (bucket, record) VALUES (?, ?)')
        .run(bucket, JSON.stringify(config))
      return { ...config, id: String(lastInsertRowid) }
    },
    remove: (bucket, id) =>
      void database
        .prepare('DELETE FROM storage_notifications WHERE bucket = ? AND id = ?')
        .run(bucket, Number(id)),
    notify(event) {
      for (const config of list(event.object.bucket)) {
        if (!wants(config, event)) continue
        const topic = config.topic.replace(TOPIC_HOST, '')
        topics.publish({ topic, data: payloadOf(config, event), attributes: attributesOf(config, event) })
      }
    },
  }
}

const TOPIC_HOST = '//pubsub.googleapis.com/'
const API_ORIGIN = 'https://www.googleapis.com'

function wants(config: NotificationConfig, { type, object }: ObjectEvent): boolean {
  const { event_types, object_name_prefix = '' } = config
  const isAsked = event_types === undefined || event_types.length === 0 || event_types.includes(type)
  return isAsked && object.name.startsWith(object_name_prefix)
}

function payloadOf({ payload_format }: NotificationConfig, { object }: ObjectEvent): Buffer {
  if (payload_format === 'NONE') return Buffer.alloc(0)
  return Buffer.from(JSON.stringify(objectResource(object, API_ORIGIN)))
}

function attributesOf(config: NotificationConfig, event: ObjectEvent): Record<string, string> {
  const { type, object, overwrote } = event
  return {
    ...config.custom_attributes,
    notificationConfig: `projects/_/buckets/${object.bucket}/notificationConfigs/${config.id}`,
    eventType: type,
    payloadFormat: config.payload_format,
    bucketId: object.bucket,
    objectId: object.name,
    objectGeneration: String(object.generation),
    eventTime: new Date().toISOString(),
    ...(overwrote !== undefined && { overwroteGeneration: String(overwrote) }),
  }
}
