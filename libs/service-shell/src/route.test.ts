import { text } from 'node:stream/consumers'
import { unauthenticated } from '@clarity/failure'
import { z } from 'zod'
import { accepted, created, eventStream, noContent, ok, streamed } from './answer.ts'
import { type Caller, route } from './route.ts'
import { startTestService } from '../tests/test-service.ts'

const caller: Caller = { userId: 'u1', email: 'a@example.org', emailVerified: true, role: 'patient' }

const echo = route({
  method: 'POST',
  path: '/echo/:id',
  auth: 'none',
  params: z.object({ id: z.string().regex(/^[a-z]+$/) }),
  query: z.object({ limit: z.coerce.number().int().max(10).default(5) }),
  body: z.object({ samples: z.array(z.object({ unit: z.string() })) }),
  handle: ({ params, query, body, header }) => ok({ params, query, body, zone: header('x-timezone') }),
})

describe('a route', () => {
  it('is handed what its schemas make of the request', async () => {
    await using service = await startTestService({ routes: [echo] })
    const response = await post(`${service.url}/echo/abc?limit=7`, '{"samples":[{"unit":"count","more":1}]}')
    expect(await response.json()).toEqual({
      params: { id: 'abc' },
      query: { limit: 7 },
      body: { samples: [{ unit: 'count' }] },
      zone: 'Europe/Berlin',
    })
  })

  it.each([
    ['a body that is no JSON', '/echo/abc', '{', 400, undefined],
    ['no body', '/echo/abc', undefined, 400, undefined],
    ['a wrong field', '/echo/abc', '{"samples":[{"unit":1}]}', 422, 'samples[0].unit'],
    ['a body of another shape', '/echo/abc', '[]', 422, 'body'],
    ['a body that is null', '/echo/abc', 'null', 422, 'body'],
    ['a wrong query', '/echo/abc?limit=11', '{"samples":[]}', 422, 'limit'],
    ['an id that cannot be one', '/echo/123', '{"samples":[]}', 404, undefined],
    ['a body above the limit', '/echo/abc', `"${'x'.repeat(1024 * 1024)}"`, 413, undefined],
  ])('refuses %s', async (...[, path, body, status, field]) => {
    await using service = await startTestService({ routes: [echo] })
    const response = await post(service.url + path, body)
    const problem = (await response.json()) as { errors?: { path: string }[] }
    expect(response.status).toBe(status)
    expect(problem.errors?.[0]?.path).toBe(field)
  })

  it('refuses a body in an unknown encoding', async () => {
    await using service = await startTestService({ routes: [echo] })
    const headers = { 'content-encoding': 'compress', 'content-type': 'application/json' }
    const response = await fetch(`${service.url}/echo/abc`, { method: 'POST', headers, body: '{}' })
    expect(response.status).toBe(415)
  })

  it('that asks for a caller lets nobody in without a valid token', async () => {
    const whoAmI = route({ method: 'GET', path: '/me', auth: 'firebase', handle: (r) => ok(r.caller) })
    const authenticate = (token: string): Promise<Caller> =>
      token === 'good' ? Promise.resolve(caller) : Promise.reject(unauthenticated('No.'))
    await using service = await startTestService({ routes: [whoAmI], authenticate })
    const get = (authorization?: string) =>
      fetch(`${service.url}/me`, { headers: authorization === undefined ? {} : { authorization } })
    expect((await get()).status).toBe(401)
    expect((await get('Basic good')).status).toBe(401)
    const refused = await get('Bearer bad')
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(await (await get('bearer good')).json()).toEqual(caller)
  })

  it('refuses a role without the permission before it looks at the request', async () => {
    const patientsOnly = route({
      method: 'POST',
      path: '/own',
      auth: 'firebase',
      permission: 'write_own_data',
      body: z.object({ a: z.string() }),
      handle: () => noContent(),
    })
    const authenticate = (role: string): Promise<Caller> =>
      Promise.resolve({ ...caller, role: role as Caller['role'] })
    await using service = await startTestService({ routes: [patientsOnly], authenticate })
    const statusOf = async (role: string, body: string) => {
      const headers = { authorization: `Bearer ${role}`, 'content-type': 'application/json' }
      return (await fetch(`${service.url}/own`, { method: 'POST', headers, body })).status
    }
    expect(await statusOf('researcher', '{')).toBe(403)
    expect(await statusOf('patient', '{"a":"b"}')).toBe(204)
  })

  it('takes a body that says it is JSON, and no other', async () => {
    await using service = await startTestService({ routes: [echo] })
    const statusOf = async (type: string, body = '{"samples":[]}') => {
      const headers = { 'content-type': type }
      return (await fetch(`${service.url}/echo/abc`, { method: 'POST', headers, body })).status
    }
    expect(await statusOf('application/json; charset=utf-8')).toBe(200)
    expect(await statusOf('application/fhir+json')).toBe(200)
    expect(await statusOf('text/plain')).toBe(415)
    expect(await statusOf('application/x-www-form-urlencoded', 'samples=')).toBe(415)
  })

  it('that asks for a caller needs somebody who knows callers', () => {
    const secret = route({ method: 'GET', path: '/me', auth: 'firebase', handle: () => ok({}) })
    return expect(startTestService({ routes: [secret] })).rejects.toThrow('GET /me needs a caller')
  })

  it('can read the raw body', async () => {
    const raw = route({
      method: 'POST',
      path: '/raw',
      auth: 'none',
      body: 'stream',
      handle: async ({ body }) => ok({ text: await text(body) }),
    })
    await using service = await startTestService({ routes: [raw] })
    expect(await (await post(`${service.url}/raw`, '{ not json')).json()).toEqual({ text: '{ not json' })
  })

  it('answers in each of the ways there are', async () => {
    const routes = [
      route({ method: 'PUT', path: '/created', auth: 'none', handle: () => created({ id: 1 }) }),
      route({ method: 'PATCH', path: '/accepted', auth: 'none', handle: () => accepted() }),
      route({ method: 'DELETE', path: '/gone', auth: 'none', handle: () => noContent() }),
      route({
        method: 'GET',
        path: '/lines',
        auth: 'none',
        handle: () => streamed('application/x-ndjson', lines()),
      }),
    ]
    await using service = await startTestService({ routes })
    const answer = async (method: string, path: string) => {
      const response = await fetch(service.url + path, { method })
      return [response.status, await response.text()]
    }
    expect(await answer('PUT', '/created')).toEqual([201, '{"id":1}'])
    expect(await answer('PATCH', '/accepted')).toEqual([202, ''])
    expect(await answer('DELETE', '/gone')).toEqual([204, ''])
    expect(await answer('GET', '/lines')).toEqual([200, '{"a":1}\n{"a":2}\n'])
  })

  it('that takes too long is answered with 503, and its signal is aborted', async () => {
    const aborted = Promise.withResolvers<void>()
    const slow = route({
      method: 'GET',
      path: '/slow',
      auth: 'none',
      deadlineMs: 50,
      handle: ({ signal }) => {
        signal.addEventListener('abort', () => aborted.resolve())
        return new Promise(() => undefined)
      },
    })
    await using service = await startTestService({ routes: [slow] })
    const response = await fetch(`${service.url}/slow`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    await aborted.promise
  })

  it('refuses the calls of one address above its limit', async () => {
    const rateLimit = { limit: 2, windowSeconds: 3600 }
    const limited = route({
      method: 'GET',
      path: '/limited',
      auth: 'none',
      rateLimit,
      handle: () => noContent(),
    })
    await using service = await startTestService({ routes: [limited] })
    const statuses = []
    for (let call = 0; call < 3; call++) statuses.push((await fetch(`${service.url}/limited`)).status)
    expect(statuses).toEqual([204, 204, 429])
    expect(Number((await fetch(`${service.url}/limited`)).headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('an event stream', () => {
  it('sends one event for each value and ends', async () => {
    const route = events(async function* () {
      yield { data: { stage: 'parsed' } }
      yield { event: 'done', id: '2', data: { stage: 'narrated' } }
    })
    await using service = await startTestService({ routes: [route] })
    const response = await fetch(`${service.url}/events`)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(await response.text()).toBe(
      'data: {"stage":"parsed"}\n\nevent: done\nid: 2\ndata: {"stage":"narrated"}\n\n',
    )
  })

  it('is not begun for HEAD, which gets its headers alone', async () => {
    let isBegun = false
    const route = events(async function* () {
      isBegun = true
      yield { data: 1 }
      await new Promise(() => undefined)
    })
    await using service = await startTestService({ routes: [route] })
    const response = await fetch(`${service.url}/events`, { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ])
    expect([await response.text(), isBegun]).toEqual(['', false])
  })

  it('lets go of its source when the client leaves', async () => {
    const released = Promise.withResolvers<void>()
    const route = events(async function* (signal) {
      yield { data: 1 }
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      released.resolve()
    })
    await using service = await startTestService({ routes: [route] })
    const controller = new AbortController()
    const response = await fetch(`${service.url}/events`, { signal: controller.signal })
    await response.body?.getReader().read()
    controller.abort()
    await released.promise
  })

  it('ends when the service stops', async () => {
    const route = events(async function* () {
      yield { data: 1 }
      await new Promise(() => undefined)
    })
    const service = await startTestService({ routes: [route] })
    const reader = (await fetch(`${service.url}/events`)).body?.getReader()
    await reader?.read()
    await service[Symbol.asyncDispose]()
    expect(await reader?.read()).toMatchObject({ done: true })
  })
})

function events(
  source: (signal: AbortSignal) => AsyncGenerator<{ data: unknown; event?: string; id?: string }>,
) {
  return route({
    method: 'GET',
    path: '/events',
    auth: 'none',
    handle: ({ signal }) => eventStream(source(signal)),
  })
}

async function* lines(): AsyncGenerator<string> {
  yield '{"a":1}\n'
  await Promise.resolve()
  yield '{"a":2}\n'
}

function post(url: string, body: string | undefined): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-timezone': 'Europe/Berlin' }
  return fetch(url, { method: 'POST', headers, ...(body !== undefined && { body }) })
}
