import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type TestCloud, outcome, startTestCloud } from '../tests/cloud.ts'
import { type PushVerifier, createPushVerifier } from './push-verifier.ts'

const AUDIENCE = 'https://analysis.example.org'
const SERVICE_ACCOUNT = 'clarity-push-analysis@demo-clarity.iam.gserviceaccount.com'
const now = Math.floor(Date.now() / 1000)

let cloud: TestCloud
let verify: PushVerifier

beforeAll(async () => {
  cloud = await startTestCloud()
  verify = createPushVerifier({
    certsUrl: cloud.environment.PUSH_CERTS_URL ?? '',
    audience: AUDIENCE,
    serviceAccount: SERVICE_ACCOUNT,
  })
})

afterAll(() => cloud[Symbol.asyncDispose]())

async function verdict(claims: Record<string, unknown>, key: 'good' | 'foreign' = 'good'): Promise<string> {
  const right = { aud: AUDIENCE, email: SERVICE_ACCOUNT, email_verified: true }
  const token = await cloud.token({ kind: 'push', key, claims: { ...right, ...claims } })
  return outcome(verify(`Bearer ${token}`))
}

describe('a push token', () => {
  it('of the subscription is believed', async () => {
    expect(await verdict({})).toBe('done')
    expect(await verdict({ iss: 'accounts.google.com' })).toBe('done')
  })

  it.each([
    ['that has expired', { iat: now - 7200, exp: now - 3600 }],
    ['that has just expired', { exp: now - 60 }],
    ['of another issuer', { iss: 'https://example.org' }],
    ['without an end', { exp: null }],
    ['that would live for years', { exp: now + 90 * 86_400 }],
    ['for several audiences', { aud: [AUDIENCE, 'x'] }],
  ])('%s is refused as no proof', async (_what, claims) => {
    expect(await verdict(claims)).toBe('unauthenticated invalid-token')
  })

  it('that a foreign key signed is refused as no proof', async () => {
    expect(await verdict({}, 'foreign')).toBe('unauthenticated invalid-token')
  })

  it.each([
    ['a wrong audience', { aud: 'https://example.org' }],
    ['another account', { email: 'someone@example.org' }],
    ['an unverified e-mail', { email_verified: false }],
    ['no e-mail', { email: null, email_verified: null }],
  ])('with %s is refused as not allowed', async (_what, claims) => {
    expect(await verdict(claims)).toBe('forbidden')
  })

  it.each([undefined, '', 'Basic abc', 'Bearer', 'Bearer a.b', 'Bearer a.b.c', `Bearer ${unsigned()}`])(
    'must be there: %s is none',
    async (header) => {
      expect(await outcome(verify(header))).toMatch(/^unauthenticated/)
    },
  )

  it('never shows up in the failure that it causes', async () => {
    const token = await cloud.token({
      kind: 'push',
      key: 'foreign',
      claims: { aud: AUDIENCE, note: 'canary' },
    })
    const failure: unknown = await verify(`Bearer ${token}`).catch((error: unknown) => error)
    const { message, stack, cause, details } = failure as Error & { details: unknown }
    const seen = JSON.stringify([message, stack, cause ?? null, details])
    for (const part of token.split('.')) expect(seen).not.toContain(part)
    expect(seen).not.toContain('canary')
  })
})

describe('the certificates', () => {
  it('are fetched once for many tokens and anew for an unknown key', async () => {
    let fetched = 0
    const real = await (await fetch(cloud.environment.PUSH_CERTS_URL ?? '')).text()
    const server = createServer((_request, response) => {
      fetched += 1
      response.setHeader('Cache-Control', 'public, max-age=3600')
      response.end(fetched === 1 ? '{"old":"certificate"}' : real)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const certsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`
    const own = createPushVerifier({ certsUrl, audience: AUDIENCE, serviceAccount: SERVICE_ACCOUNT })
    const claims = { aud: AUDIENCE, email: SERVICE_ACCOUNT }
    const token = await cloud.token({ kind: 'push', claims })
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
    })
    expect(await outcome(own(`Bearer ${token}`))).toBe('unauthenticated invalid-token')
    jest.setSystemTime(Date.now() + 11_000)
    expect(await outcome(own(`Bearer ${token}`))).toBe('done')
    expect(await outcome(own(`Bearer ${token}`))).toBe('done')
    jest.useRealTimers()
    expect(fetched).toBe(2)
    server.close()
  })

  it('that cannot be read make the push come again', async () => {
    const options = { audience: AUDIENCE, serviceAccount: SERVICE_ACCOUNT, timeoutMs: 200 }
    const token = await cloud.token({ kind: 'push' })
    const missing = createPushVerifier({ ...options, certsUrl: `${cloud.environment.PUSH_CERTS_URL}/none` })
    const down = createPushVerifier({ ...options, certsUrl: 'http://127.0.0.1:1/certs' })
    expect(await outcome(missing(`Bearer ${token}`))).toBe('unavailable certificates-unavailable')
    expect(await outcome(down(`Bearer ${token}`))).toBe('unavailable certificates-unavailable')
  })
})

function unsigned(): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { aud: AUDIENCE, email: SERVICE_ACCOUNT, email_verified: true, iss: 'accounts.google.com' }
  return `${encode({ alg: 'none', kid: 'x' })}.${encode({ ...claims, sub: '1', iat: now, exp: now + 60 })}.`
}
