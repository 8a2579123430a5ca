import {
  conflict,
  forbidden,
  invalid,
  malformed,
  notFound,
  rateLimited,
  timedOut,
  tooLarge,
  unauthenticated,
  unavailable,
  unsupported,
} from '@clarity/failure'
import { ok } from './answer.ts'
import { route } from './route.ts'
import { startTestService } from '../tests/test-service.ts'

const THROWN: Readonly<Record<string, unknown>> = {
  malformed: malformed('It is malformed.'),
  invalid: invalid({ detail: 'It is invalid.', errors: [{ path: 'start', reason: 'is no date' }] }),
  unauthenticated: unauthenticated('Who are you?'),
  forbidden: forbidden('You may not.'),
  'timed-out': timedOut('It came too late.'),
  'not-found': notFound('It is not there.'),
  conflict: conflict({ code: 'idempotency_key_reused', detail: 'The key has been used.' }),
  'too-large': tooLarge('It is too large.'),
  unsupported: unsupported('It is unsupported.'),
  'rate-limited': rateLimited({ detail: 'Too often.', retryAfterSeconds: 12.2 }),
  unavailable: unavailable('Later.'),
  bug: new TypeError('canary 4711'),
}

const throwing = Object.entries(THROWN).map(([name, error]) =>
  route({
    method: 'GET',
    path: `/${name}`,
    auth: 'none',
    handle: () => {
      throw error
    },
  }),
)

describe('a problem', () => {
  it.each([
    ['malformed', 400, 'malformed'],
    ['invalid', 422, 'invalid'],
    ['unauthenticated', 401, 'unauthenticated'],
    ['forbidden', 403, 'forbidden'],
    ['not-found', 404, 'not-found'],
    ['timed-out', 408, 'timed-out'],
    ['conflict', 409, 'idempotency-key-reused'],
    ['too-large', 413, 'too-large'],
    ['unsupported', 415, 'unsupported'],
    ['rate-limited', 429, 'rate-limited'],
    ['unavailable', 503, 'unavailable'],
    ['bug', 500, 'internal'],
  ])('of kind %s is answered with %i and the slug %s', async (name, status, slug) => {
    await using service = await startTestService({ routes: throwing })
    const response = await fetch(`${service.url}/${name}?secret=1`)
    const problem = (await response.json()) as Record<string, unknown>
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(problem).toMatchObject({
      type: `https://clarity.health/problems/${slug}`,
      status,
      instance: `/${name}`,
      title: expect.stringMatching(/\w/) as unknown,
      detail: expect.stringMatching(/\w/) as unknown,
    })
    expect(problem).toHaveProperty('trace_id')
  })

  it('names the fields at fault', async () => {
    await using service = await startTestService({ routes: throwing })
    const problem = (await (await fetch(`${service.url}/invalid`)).json()) as object
    expect(problem).toMatchObject({ errors: [{ path: 'start', reason: 'is no date' }] })
  })

  it('says when to come again where that can help', async () => {
    await using service = await startTestService({ routes: throwing })
    expect((await fetch(`${service.url}/rate-limited`)).headers.get('retry-after')).toBe('13')
    expect((await fetch(`${service.url}/unavailable`)).headers.get('retry-after')).toBe('5')
    expect((await fetch(`${service.url}/conflict`)).headers.get('retry-after')).toBeNull()
  })

  it('tells nothing of a bug', async () => {
    await using service = await startTestService({ routes: throwing })
    const text = await (await fetch(`${service.url}/bug`)).text()
    expect(text).not.toMatch(/\b4711\b|TypeError|at /)
  })

  it('is also what an unknown path, a wrong method and a broken path answer', async () => {
    const known = route({ method: 'GET', path: '/things/:id', auth: 'none', handle: () => ok({}) })
    await using service = await startTestService({ routes: [known] })
    expect(await summary(fetch(`${service.url}/nothing`))).toEqual([404, 'not-found', null])
    expect(await summary(fetch(`${service.url}/things/1`, { method: 'DELETE' }))).toEqual([
      405,
      'method-not-allowed',
      'GET',
    ])
    expect(await summary(fetch(`${service.url}/things/%zz`))).toEqual([400, 'malformed', null])
  })
})

async function summary(answer: Promise<Response>): Promise<unknown[]> {
  const response = await answer
  const { type } = (await response.json()) as { type: string }
  return [
    response.status,
    type.replace('https://clarity.health/problems/', ''),
    response.headers.get('allow'),
  ]
}
