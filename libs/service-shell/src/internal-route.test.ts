import { forbidden, unauthenticated } from '@clarity/failure'
import { z } from 'zod'
import { startTestService } from '../tests/test-service.ts'
import { ok } from './answer.ts'
import { internalRoute } from './internal-route.ts'

const handled: string[] = []
const things = internalRoute({
  method: 'POST',
  path: '/internal/things/:id',
  verify: async (authorization) => {
    if (authorization === undefined) throw unauthenticated('The call carries no token.')
    if (authorization !== 'Bearer of-a-service')
      throw forbidden('The token is not of the account that may call here.')
  },
  params: z.object({ id: z.string() }),
  body: z.object({ name: z.string() }),
  handle({ params, body }) {
    handled.push(params.id)
    return ok({ id: params.id, name: body.name })
  },
})

async function post(headers: Record<string, string>, body: string) {
  await using service = await startTestService({ routes: [things] })
  const response = await fetch(`${service.url}/internal/things/7`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return { status: response.status, body: await response.json() }
}

beforeEach(() => {
  handled.length = 0
})

describe('an internal route', () => {
  it('answers a service that proves who it is', async () => {
    const answer = await post({ authorization: 'Bearer of-a-service' }, '{"name":"thing"}')
    expect(answer).toEqual({ status: 200, body: { id: '7', name: 'thing' } })
  })

  it.each([
    ['nobody', {}, 401],
    ['somebody else', { authorization: 'Bearer of-a-person' }, 403],
  ])('refuses %s before it reads anything', async (_who, headers, status) => {
    expect((await post(headers as Record<string, string>, '{')).status).toBe(status)
    expect(handled).toEqual([])
  })
})
