import {
  type Failure,
  accountErased,
  forbidden,
  malformed,
  notFound,
  unauthenticated,
  unavailable,
  uploadDeleted,
} from '@clarity/failure'
import { z } from 'zod'
import type { PushMessage } from '@clarity/contracts'
import { type PushRouteDefinition, messageOf, pushRoute } from './push-route.ts'
import { startTestService } from '../tests/test-service.ts'

interface Event {
  readonly upload_id: string
}

const recorded: string[] = []

/** Reads the message as it comes, and runs the handler outside any span. */
const plainBus: PushRouteDefinition<Event>['bus'] = {
  parsePush(body) {
    if (typeof body !== 'object') throw malformed('No envelope.')
    return body as PushMessage
  },
  processPush: (_message, handler) => handler(),
}

const definition: PushRouteDefinition<Event> = {
  path: '/push/things',
  eventType: 'upload.received',
  verify: () => Promise.resolve(),
  bus: plainBus,
  schema: z.object({ upload_id: z.string() }),
  handle: () => Promise.resolve(),
  onRejected: (message, failure: Failure) => {
    recorded.push(`${message.messageId} rejected: ${failure.kind}`)
    return Promise.resolve()
  },
  onExhausted: (message) => {
    recorded.push(`${message.messageId} exhausted`)
    return Promise.resolve()
  },
}

const message = {
  messageId: 'm1',
  publishTime: '2026-01-01T00:00:00Z',
  data: { upload_id: 'up1' },
  attributes: { upload_id: 'up1' },
  orderingKey: 'u1',
  subscription: 'things-push',
  deliveryAttempt: 1,
}

beforeEach(() => {
  recorded.length = 0
})

describe('a push route', () => {
  it('acknowledges a message that was handled, and hands over the parsed event', async () => {
    const seen: unknown[] = []
    const handle: PushRouteDefinition<Event>['handle'] = (event, { deliveryAttempt }) => {
      seen.push(event, deliveryAttempt)
      return Promise.resolve()
    }
    expect(await push({ handle })).toBe(204)
    expect(seen).toEqual([{ upload_id: 'up1' }, 1])
    expect(recorded).toEqual([])
  })

  it.each([
    ['no or a forged token', unauthenticated('No.'), 401],
    ['a wrong audience or account', forbidden('No.'), 403],
    ['certificates that cannot be read', unavailable('Later.'), 503],
  ])('answers %s before it reads anything', async (_what, failure, status) => {
    expect(await push({ verify: () => Promise.reject(failure) })).toBe(status)
    expect(recorded).toEqual([])
  })

  it.each([
    ['no JSON', '{'],
    ['no envelope', '"text"'],
    ['no body', ''],
  ])('refuses %s with 400', async (_what, body) => {
    expect(await push({}, body)).toBe(400)
    expect(recorded).toEqual([])
  })

  it('acknowledges what can never succeed, once that is recorded', async () => {
    expect(await push({ handle: () => Promise.reject(notFound('Gone.')) })).toBe(204)
    expect(await push({}, JSON.stringify({ ...message, data: { upload_id: 7 } }))).toBe(204)
    expect(recorded).toEqual(['m1 rejected: not-found', 'm1 rejected: invalid'])
  })

  it('acknowledges it also where nothing is left to be marked', async () => {
    const onRejected = () => Promise.reject(notFound('No such upload.'))
    expect(await push({ handle: () => Promise.reject(malformed('Broken.')), onRejected })).toBe(204)
  })

  it('asks for the message again while the rejection cannot be recorded', async () => {
    const onRejected = () => Promise.reject(unavailable('Later.'))
    expect(await push({ handle: () => Promise.reject(malformed('Broken.')), onRejected })).toBe(503)
  })

  it.each([
    ['something is unavailable', unavailable('Later.'), 503],
    ['a bug is met', new TypeError('oops'), 500],
    ['a permission is missing', forbidden('No.'), 500],
  ])('asks for the message again when %s', async (_what, error, status) => {
    expect(await push({ handle: () => Promise.reject(error) })).toBe(status)
    expect(recorded).toEqual([])
  })

  it('asks again when the handler takes too long', async () => {
    const handle = () => new Promise<void>(() => undefined)
    expect(await push({ handle, deadlineMs: 20 })).toBe(503)
  })

  it('records on the last attempt that the message is exhausted, and still refuses it', async () => {
    const last = JSON.stringify({ ...message, deliveryAttempt: 5 })
    expect(await push({ handle: () => Promise.reject(unavailable('Later.')) }, last)).toBe(503)
    expect(await push({ handle: () => Promise.reject(new TypeError('oops')) }, last)).toBe(500)
    expect(recorded).toEqual(['m1 exhausted', 'm1 exhausted'])
    const onExhausted = () => Promise.reject(unavailable('Later.'))
    const handle = () => Promise.reject(new TypeError('oops'))
    expect(await push({ handle, onExhausted }, last)).toBe(500)
  })

  it('hands each kind of message to its own handler, with its own event', async () => {
    const seen: unknown[] = []
    const note = (kind: string) => (event: unknown) => {
      seen.push([kind, event])
      return Promise.resolve()
    }
    const erased = messageOf({
      eventType: 'user.erased',
      schema: z.object({ user_id: z.string() }),
      handle: note('erased'),
      onRejected: ({ messageId }) => {
        recorded.push(`${messageId} not erased`)
        return Promise.resolve()
      },
    })
    const routes = { handle: note('received'), otherMessages: [erased] }
    const as = (event_type: string, data: object) =>
      JSON.stringify({ ...message, data, attributes: { event_type } })
    expect(await push(routes, as('user.erased', { user_id: 'u1' }))).toBe(204)
    expect(await push(routes, as('upload.received', { upload_id: 'up2' }))).toBe(204)
    expect(await push(routes, as('user.erased', { user_id: 7 }))).toBe(204)
    expect(await push(routes, as('upload.deleted', { upload_id: 'up2' }))).toBe(204)
    expect(seen).toEqual([
      ['erased', { user_id: 'u1' }],
      ['received', { upload_id: 'up2' }],
    ])
    expect(recorded).toEqual(['m1 not erased'])
  })

  it.each([
    ['the person was erased', accountErased()],
    ['the upload was deleted', uploadDeleted()],
  ])('acknowledges a message without effect where %s meanwhile', async (_what, gone) => {
    expect(await push({ handle: () => Promise.reject(gone) })).toBe(204)
    expect(recorded).toEqual([])
  })

  it('passes over a message of another event type', async () => {
    const handle = () => Promise.reject(new TypeError('must not run'))
    const other = JSON.stringify({ ...message, attributes: { event_type: 'user.erased' } })
    expect(await push({ handle }, other)).toBe(204)
    expect(recorded).toEqual([])
  })
})

async function push(
  change: Partial<PushRouteDefinition<Event>>,
  body = JSON.stringify(message),
): Promise<number> {
  const routes = [pushRoute({ ...definition, ...change })]
  await using service = await startTestService({ routes, config: { onCloudRun: false } })
  const headers = { 'content-type': 'application/json', authorization: 'Bearer token' }
  const response = await fetch(`${service.url}/push/things`, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return response.status
}
