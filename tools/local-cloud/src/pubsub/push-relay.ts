import type { ServiceContext } from '../emulated-service.ts'
import { startHttpServer } from '../http/http-server.ts'
import { parseJsonObject, readBody } from '../http/read-body.ts'
import { idTokenClaims } from '../issuer/id-token.ts'
import { resourceId } from './protocol.ts'
import { pushWhenListening } from './push-when-listening.ts'

/** Where a push really goes, and as whom. */
export interface RelayTarget {
  readonly url: string
  readonly audience: string
  readonly serviceAccount: string
}

export interface PushRelay extends AsyncDisposable {
  /** The endpoint to give to a subscription so that its pushes reach the target with a token. */
  endpointFor(target: RelayTarget): string
}

/** The longest ack deadline that a subscription can have. */
const TIMEOUT_MS = 600_000
const GATEWAY_TIMEOUT = 504

/**
 * Makes the pushes of an outside Pub/Sub emulator those of the cloud: each is passed on with the ID token of the
 * target's service account and, as Google's own emulator leaves it out, with `deliveryAttempt`. A service that does
 * not listen yet is waited for, and the target's status is answered.
 */
export async function startPushRelay(context: ServiceContext): Promise<PushRelay> {
  const targets = new Map<string, RelayTarget>()
  const attempts = createAttempts()
  const open = new AbortController()
  const pass = async (target: RelayTarget, envelope: Envelope): Promise<number> => {
    const fault = await context.faults.take('push', resourceId(String(envelope['subscription'] ?? '')))
    if (fault !== undefined) return Number(fault)
    const email = target.serviceAccount
    const status = await pushWhenListening({
      url: target.url,
      body: JSON.stringify(envelope),
      token: () => context.issuer.sign(idTokenClaims({ email, audience: target.audience })),
      timeoutMs: TIMEOUT_MS,
      closed: open.signal,
    })
    return status ?? GATEWAY_TIMEOUT
  }
  const server = await startHttpServer({
    port: 0,
    routes: [
      {
        method: 'POST',
        path: '/relay/:key',
        handle: async (request, response) => {
          const target = targets.get(request.params['key'] ?? '')
          const envelope = parseJsonObject((await readBody(request.message)).toString('utf8'))
          if (!target || !envelope) return void response.writeHead(target ? 400 : 404).end()
          const status = await pass(target, attempts.counted(envelope))
          if (status < 300) attempts.forget(envelope)
          response.writeHead(status).end()
        },
      },
    ],
    otherwise: (_request, response) => void response.writeHead(404).end(),
    onError: (_error, _request, response) => void response.writeHead(502).end(),
  })
  return {
    endpointFor(target) {
      const key = String(targets.size)
      targets.set(key, target)
      return `http://127.0.0.1:${server.port}/relay/${key}`
    },
    [Symbol.asyncDispose]: () => {
      open.abort()
      return server[Symbol.asyncDispose]()
    },
  }
}

type Envelope = Readonly<Record<string, unknown>>

/** Counts the deliveries of each message until one succeeds. */
function createAttempts() {
  const made = new Map<string, number>()
  const keyOf = ({ subscription, message }: Envelope) => {
    const { messageId } = (message ?? {}) as { messageId?: unknown }
    return `${String(subscription)} ${String(messageId)}`
  }
  return {
    counted(envelope: Envelope): Envelope {
      const attempt = (made.get(keyOf(envelope)) ?? 0) + 1
      made.set(keyOf(envelope), attempt)
      return { deliveryAttempt: attempt, ...envelope }
    },
    forget: (envelope: Envelope) => void made.delete(keyOf(envelope)),
  }
}
