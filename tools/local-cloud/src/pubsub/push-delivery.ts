import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ServiceContext } from '../emulated-service.ts'
import { idTokenClaims } from '../issuer/id-token.ts'
import type { Dispatcher } from './dispatcher.ts'
import { pushEnvelope } from './envelope.ts'
import type { Receiver } from './lanes.ts'
import { resourceId, type PushConfig, type SubscriptionResource } from './protocol.ts'
import type { Delivery } from './queue.ts'

/** Statuses that acknowledge a message; every other one, and silence until the ack deadline, gives it back. */
const ACKNOWLEDGING = new Set([102, 200, 201, 202, 204])
/** Requests to one endpoint at a time. Google widens and narrows its window; this one stays. */
const WINDOW = 32
/** Tokens live for an hour. */
const TOKEN_REUSE_MS = 300_000

interface PushParts {
  readonly context: ServiceContext
  readonly dispatcher: Dispatcher
  readonly subscription: SubscriptionResource
  readonly config: PushConfig
}

/** Delivers a subscription's messages to its push endpoint. Disposing ends open requests without an answer. */
export function startPushDelivery(parts: PushParts): Disposable {
  const { context, dispatcher, subscription } = parts
  const open = new AbortController()
  const token = tokenSource(parts)
  let outstanding = 0

  async function deliver(delivery: Delivery): Promise<void> {
    const fault = await context.faults.take('push', resourceId(subscription.name))
    const status =
      fault === undefined
        ? await push(parts, delivery, { token: token(), closed: open.signal })
        : Number(fault)
    outstanding -= 1
    if (open.signal.aborted) return
    const key = { ...delivery, messageId: delivery.message.messageId }
    if (ACKNOWLEDGING.has(status ?? 0)) dispatcher.acknowledge([key])
    else dispatcher.reject(key)
  }

  const receiver: Receiver = {
    oneByOne: true,
    capacity: () => WINDOW - outstanding,
    receive(deliveries) {
      outstanding += deliveries.length
      for (const delivery of deliveries) void deliver(delivery)
    },
  }
  const detach = dispatcher.attach(subscription.name, receiver)
  return {
    [Symbol.dispose]() {
      detach()
      open.abort()
    },
  }
}

/** The status of the endpoint's answer; undefined where none came within the ack deadline. */
function push(
  parts: PushParts,
  delivery: Delivery,
  { token, closed }: { token: string | undefined; closed: AbortSignal },
): Promise<number | undefined> {
  const { subscription, config } = parts
  const body = JSON.stringify(
    pushEnvelope({
      message: delivery.message,
      subscription: subscription.name,
      deliveryAttempt: subscription.deadLetterPolicy ? delivery.attempt : undefined,
    }),
  )
  const send = config.pushEndpoint.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const request = send(config.pushEndpoint, {
      method: 'POST',
      agent: false,
      headers: headers(body, token),
      signal: AbortSignal.any([closed, AbortSignal.timeout(subscription.ackDeadlineSeconds * 1000)]),
    })
    request.once('information', ({ statusCode }) => {
      if (statusCode === 102) resolve(statusCode)
    })
    request.once('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    request.on('error', () => resolve(undefined))
    request.end(body)
  })
}

function headers(body: string, token: string | undefined): Record<string, string | number> {
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    accept: 'application/json',
    'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
}

/** Gives the token for a push, the same one for some minutes; undefined where the subscription asks for none. */
function tokenSource({ context, config }: PushParts): () => string | undefined {
  const { oidcToken, pushEndpoint } = config
  let token: string | undefined
  let renewAt = 0
  return () => {
    if (!oidcToken || Date.now() < renewAt) return token
    const audience = oidcToken.audience || pushEndpoint
    token = context.issuer.sign(idTokenClaims({ email: oidcToken.serviceAccountEmail, audience }))
    renewAt = Date.now() + TOKEN_REUSE_MS
    return token
  }
}
