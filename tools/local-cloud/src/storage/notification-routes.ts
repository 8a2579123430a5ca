import { GoogleError } from '../http/google-error.ts'
import { readJsonObject } from '../http/read-body.ts'
import { sendJson } from '../http/send-json.ts'
import { existingBucket } from './bucket-routes.ts'
import { NOTIFIED_EVENTS, type NotificationConfig } from './notifications.ts'
import type { StorageCall, StorageOperation } from './storage-operation.ts'

const insertNotification: StorageOperation = async (call) => {
  const bucket = existingBucket(call.store, call.request.params['bucket'])
  const config = configOf((await readJsonObject(call.request.message)) ?? {})
  const kept = call.notifications.add(bucket.name, config)
  sendJson(call.response, { body: notificationResource(call, kept) })
}

const listNotifications: StorageOperation = (call) => {
  const bucket = existingBucket(call.store, call.request.params['bucket'])
  const items = call.notifications.list(bucket.name).map((config) => notificationResource(call, config))
  sendJson(call.response, { body: { kind: 'storage#notifications', ...(items.length > 0 && { items }) } })
}

const getNotification: StorageOperation = (call) => {
  sendJson(call.response, { body: notificationResource(call, existingNotification(call)) })
}

const deleteNotification: StorageOperation = (call) => {
  call.notifications.remove(call.request.params['bucket'] ?? '', existingNotification(call).id)
  call.response.writeHead(204)
  call.response.end()
}

function existingNotification({ store, notifications, request }: StorageCall): NotificationConfig {
  const bucket = existingBucket(store, request.params['bucket'])
  const id = request.params['notification'] ?? ''
  const config = notifications.list(bucket.name).find((one) => one.id === id)
  if (!config) throw new GoogleError(404, 'notFound', `The notification ${id} does not exist.`)
  return config
}

const TOPIC = /^(\/\/pubsub\.googleapis\.com\/)?projects\/[^/]+\/topics\/[^/]+$/

function configOf(body: Record<string, unknown>): Omit<NotificationConfig, 'id'> {
  const { topic, payload_format, event_types, object_name_prefix, custom_attributes } = body
  if (typeof topic !== 'string' || !TOPIC.test(topic)) {
    throw new GoogleError(400, 'invalid', 'Invalid Cloud Pub/Sub topic name.')
  }
  if (payload_format !== 'JSON_API_V1' && payload_format !== 'NONE') {
    throw new GoogleError(400, 'invalid', 'Invalid payload format.')
  }
  const events = Array.isArray(event_types) ? event_types.map(String) : []
  const unknown = events.find((type) => !(NOTIFIED_EVENTS as readonly string[]).includes(type))
  if (unknown !== undefined) throw new GoogleError(400, 'invalid', `Invalid event type: ${unknown}`)
  return {
    topic: topic.startsWith('//') ? topic : `//pubsub.googleapis.com/${topic}`,
    payload_format,
    ...(events.length > 0 && { event_types: events }),
    ...(typeof object_name_prefix === 'string' && { object_name_prefix }),
    ...(custom_attributes !== undefined && {
      custom_attributes: custom_attributes as Record<string, string>,
    }),
  }
}

function notificationResource({ request, origin }: StorageCall, config: NotificationConfig) {
  const bucket = encodeURIComponent(request.params['bucket'] ?? '')
  return {
    kind: 'storage#notification',
    selfLink: `${origin}/storage/v1/b/${bucket}/notificationConfigs/${config.id}`,
    etag: config.id,
    ...config,
  }
}

/** Operation name → operation and where it is called. */
export const NOTIFICATION_OPERATIONS = {
  'notifications.insert': { method: 'POST', path: '/b/:bucket/notificationConfigs', run: insertNotification },
  'notifications.list': { method: 'GET', path: '/b/:bucket/notificationConfigs', run: listNotifications },
  'notifications.get': {
    method: 'GET',
    path: '/b/:bucket/notificationConfigs/:notification',
    run: getNotification,
  },
  'notifications.delete': {
    method: 'DELETE',
    path: '/b/:bucket/notificationConfigs/:notification',
    run: deleteNotification,
  },
} as const
