import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type Server, STATUS_CODES, maxHeaderSize } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PROBLEM_TYPE_BASE, type Problem } from '@clarity/contracts'

const IDLE_SWEEP_MS = 50

interface Refusal {
  readonly slug: string
  readonly status: number
  readonly title: string
  readonly detail: string
}

const NO_HTTP: Refusal = {
  slug: 'malformed',
  status: 400,
  title: 'Malformed request',
  detail: 'The request is not HTTP.',
}

/** By Node's name of what was wrong. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    slug: 'headers-too-large',
    status: 431,
    title: 'Headers too large',
    detail: `The headers may have ${maxHeaderSize} bytes together.`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    slug: 'timed-out',
    status: 408,
    title: 'Too slow',
    detail: 'The request did not come in time.',
  },
}

export interface Listening {
  readonly port: number
  readonly host: string
  /** The environment variable that moves the port, named when the port is taken. */
  readonly variable: string
}

/** Listens and answers the real port; a port that cannot be had rejects with one line that names its variable. */
export async function listen(server: Server, { port, host, variable }: Listening): Promise<number> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    throw new Error(`${variable}: port ${port} ${taken ? 'is taken' : 'cannot be opened'}`, { cause: error })
  }
  return (server.address() as AddressInfo).port
}

/** Stops listening, lets running requests end for at most `drainMs`, then cuts what is left. */
export async function stopServer(server: Server, drainMs: number): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  // A connection that becomes idle later would otherwise be kept alive until its own time limit.
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
  const cut = setTimeout(() => server.closeAllConnections(), drainMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}

/** Answers requests that never reach a route (no HTTP, headers too long or too slow) with a problem, as every other error. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) {
      socket.destroy()
      return
    }
    const { slug, ...refusal } = REFUSALS[error.code ?? ''] ?? NO_HTTP
    const type = `${PROBLEM_TYPE_BASE}${slug}`
    const body = JSON.stringify({ type, ...refusal, instance: '/', trace_id: null } satisfies Problem)
    const head = [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${body.length}`,
      `X-Request-Id: ${randomUUID()}`,
      'Connection: close',
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  })
  // Without a listener Node answers an expectation that it does not know by itself, and bare.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
}
