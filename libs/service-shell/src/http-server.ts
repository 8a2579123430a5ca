import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PROBLEM_TYPE_BASE, type Problem } from '@clarity/contracts'

const IDLE_SWEEP_MS = 50

const MALFORMED = {
  type: `${PROBLEM_TYPE_BASE}malformed`,
  title: 'Malformed request',
  status: 400,
  instance: '/',
  trace_id: null,
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

/** Answers requests that never reach a route (no HTTP, headers too long) with a problem, as every other error. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) {
      socket.destroy()
      return
    }
    const tooLong = error.code === 'HPE_HEADER_OVERFLOW'
    const detail = tooLong ? 'The headers are too long.' : 'The request is not HTTP.'
    const body = JSON.stringify({ ...MALFORMED, detail } satisfies Problem)
    const head = [
      'HTTP/1.1 400 Bad Request',
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
