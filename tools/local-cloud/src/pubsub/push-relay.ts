import type { ServiceContext } from '../emulated-service.ts'
import { startHttpServer } from '../http/http-server.ts'
import { readBody } from '../http/read-body.ts'
import { idTokenClaims } from '../issuer/id-token.ts'

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

/**
 * Signs the pushes of a Pub/Sub emulator that signs none (Google's own): each request is passed on as it came, with
 * the ID token of the target's service account, and the target's status is answered.
 */
export async function startPushRelay(context: ServiceContext): Promise<PushRelay> {
  const targets = new Map<string, RelayTarget>()
  const server = await startHttpServer({
    port: 0,
    routes: [
      {
        method: 'POST',
        path: '/relay/:key',
        handle: async (request, response) => {
          const target = targets.get(request.params.key ?? '')
          const status = target ? await passOn(context, target, await readBody(request.message)) : 404
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
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function passOn(context: ServiceContext, target: RelayTarget, body: Buffer): Promise<number> {
  const { url, audience, serviceAccount } = target
  const token = context.issuer.sign(idTokenClaims({ email: serviceAccount, audience }))
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: new Uint8Array(body),
  })
  await answer.body?.cancel()
  return answer.status
}
