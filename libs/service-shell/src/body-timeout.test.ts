import { once } from 'node:events'
import { type Socket, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ok } from './answer.ts'
import { route } from './route.ts'
import { type TestService, startTestService } from '../tests/test-service.ts'

const IDLE_MS = 600
const stream = route({
  method: 'POST',
  path: '/stream',
  auth: 'none',
  body: 'stream',
  deadlineMs: 5 * IDLE_MS,
  handle: async ({ body }) => ok({ length: (await text(body)).length }),
})
const json = route({
  method: 'POST',
  path: '/json',
  auth: 'none',
  body: z.unknown(),
  handle: ({ body }) => ok({ body }),
})
const late = route({
  method: 'POST',
  path: '/late',
  auth: 'none',
  body: 'stream',
  deadlineMs: 5 * IDLE_MS,
  async handle({ body }) {
    await text(body)
    await sleep(2 * IDLE_MS)
    return ok({})
  },
})

describe('a body', () => {
  let service: TestService
  beforeAll(async () => {
    service = await startTestService({
      routes: [stream, json, late],
      config: { requestDeadlineMs: IDLE_MS },
    })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  const begin = (path: string, headers: string): Socket => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
    const type = 'Content-Type: application/json\r\n'
    socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\n${type}${headers}\r\n`)
    return socket
  }
  /** The answer, once the service has closed the connection. */
  const answer = async (socket: Socket): Promise<unknown> => {
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
    expect(head).toMatch(/^connection: close$/im)
    const problem = JSON.parse(body) as { status: number; type: string }
    return [problem.status, problem.type.split('/').at(-1)]
  }

  it.each(['/stream', '/json'])('that stops in the middle is given up, at %s', async (path) => {
    const chunked = begin(path, 'Transfer-Encoding: chunked\r\n')
    chunked.write('5\r\n[1, 2\r\n')
    expect(await answer(chunked)).toEqual([408, 'body-timed-out'])
    const short = begin(path, 'Content-Length: 20\r\n')
    short.write('[1, 2')
    expect(await answer(short)).toEqual([408, 'body-timed-out'])
  })

  it('that comes slowly is read, until the time of its route is up', async () => {
    const drip = async (bytes: number): Promise<Socket> => {
      const socket = begin('/stream', 'Content-Length: 4\r\n')
      for (let sent = 0; sent < bytes; sent += 1) {
        await sleep(IDLE_MS / 4)
        socket.write('x')
      }
      return socket
    }
    const whole = await drip(4)
    const [answered] = (await once(whole, 'data')) as [Buffer]
    expect(answered.toString()).toMatch(/^HTTP\/1.1 200 .*\{"length":4\}$/s)
    whole.destroy()

    const endless = begin('/stream', 'Transfer-Encoding: chunked\r\n')
    const dripping = setInterval(() => endless.write('1\r\nx\r\n'), IDLE_MS / 4)
    expect(await answer(endless)).toEqual([408, 'body-timed-out'])
    clearInterval(dripping)
  })

  it('that is whole may be worked on for longer', async () => {
    const response = await fetch(`${service.url}/late`, { method: 'POST', body: '[]' })
    expect(response.status).toBe(200)
  })

  it('that its client gives up is nobody’s mistake', async () => {
    const socket = begin('/stream', 'Content-Length: 20\r\n')
    socket.write('[1, 2')
    socket.end()
    await once(socket.resume(), 'close')
    expect((await fetch(`${service.url}/health`)).status).toBe(200)
  })
})
