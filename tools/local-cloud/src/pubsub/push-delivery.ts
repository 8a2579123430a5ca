import type { ServiceContext } from '../emulated-service.ts'
import { idTokenClaims } from '../issuer/id-token.ts'
import type { Dispatcher } from './dispatcher.ts'
import { pushEnvelope } from './envelope.ts'
import type { Receiver } from './lanes.ts'
import { resourceId, type PushConfig, type SubscriptionResource } from './protocol.ts'
import { type HeldPush, pushWhenListening } from './push-when-listening.ts'
import type { Delivery, DeliveryKey } from './queue.ts'

/** Statuses that acknowledge a message; every other one, and silence until the ack deadline, gives it back. */
const ACKNOWLEDGING = new Set([102, 200, 201, 202, 204])
/** Requests to one endpoint at a time. Google widens and narrows its window; this one stays. */
const WINDOW = 32
/** Tokens live for an hour. */
const TOKEN_REUSE_MS = 300_000

type RequestSettings = Pick<HeldPush, 'closed' | 'token'>

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
      fault === undefined ? await push(parts, delivery, { token, closed: open.signal }) : Number(fault)
    outstanding -= 1
    if (open.signal.aborted) return
    const key = keyOf(delivery)
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
function push(parts: PushParts, delivery: Delivery, request: RequestSettings): Promise<number | undefined> {
  const { dispatcher, subscription, config } = parts
  const body = JSON.stringify(
    pushEnvelope({
      message: delivery.message,
      subscription: subscription.name,
      deliveryAttempt: subscription.deadLetterPolicy ? delivery.attempt : undefined,
    }),
  )
  return pushWhenListening({
    ...request,
    url: config.pushEndpoint,
    body,
    timeoutMs: subscription.ackDeadlineSeconds * 1000,
    onHeld: () => dispatcher.extend(keyOf(delivery), subscription.ackDeadlineSeconds),
  })
}

function keyOf(delivery: Delivery): DeliveryKey {
  return { ...delivery, messageId: delivery.message.messageId }
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
