import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One call as it came. */
export interface PrivateCall {
  readonly path: string
  readonly authorization: string | undefined
  readonly traceparent: string | undefined
  readonly body: unknown
}

export type PrivateAnswer = readonly [status: number, body: object]

/** Stands in for analysis and insight: ready, and answering what a test wants. */
export interface PrivateServices extends AsyncDisposable {
  readonly url: string
  readonly calls: readonly PrivateCall[]
  /** What a path with its query answers from now on. */
  answer(path: string, answer: PrivateAnswer | (() => Promise<PrivateAnswer>)): void
}

export async function startPrivateServices(): Promise<PrivateServices> {
  const calls: PrivateCall[] = []
  const answers = new Map<string, PrivateAnswer | (() => Promise<PrivateAnswer>)>([
    ['/ready', [200, { status: 'ok', checks: {} }]],
  ])
  const server = createServer(async (request, response) => {
    const { url: path = '', headers } = request
    const body = await text(request)
    const { authorization } = headers
    const traceparent = headers.traceparent?.toString()
    calls.push({ path, authorization, traceparent, body: body === '' ? undefined : JSON.parse(body) })
    const given = answers.get(path) ?? [500, {}]
    const [status, answer] = typeof given === 'function' ? await given() : given
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (path, answer) => void answers.set(path, answer),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
