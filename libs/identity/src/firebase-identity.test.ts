import { type TestCloud, PROJECT_ID, outcome, startTestCloud } from '../tests/cloud.ts'
import { createFirebaseIdentity } from './firebase-identity.ts'
import type { Identity, Session } from './identity.ts'

let cloud: TestCloud
let identity: Identity
let people = 0

beforeAll(async () => {
  cloud = await startTestCloud()
  identity = createIdentity()
})

afterAll(async () => {
  await identity[Symbol.asyncDispose]()
  await cloud[Symbol.asyncDispose]()
})

function createIdentity(options: { timeoutMs?: number; emulatorHost?: string } = {}): Identity {
  return createFirebaseIdentity({
    projectId: PROJECT_ID,
    apiKey: 'local',
    certsUrl: cloud.environment.FIREBASE_CERTS_URL ?? '',
    emulatorHost: cloud.environment.FIREBASE_AUTH_EMULATOR_HOST,
    ...options,
  })
}

const password = 'correct horse'

async function registerSomebody(): Promise<Session & { email: string }> {
  people += 1
  const email = `person-${people}@example.org`
  return { ...(await identity.register({ email, password, displayName: 'A Person' })), email }
}

describe('an account', () => {
  it('is registered with a session of its own', async () => {
    const { userId, tokens, email } = await registerSomebody()
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
    expect(await identity.verify(tokens.id_token)).toEqual({
      userId,
      email,
      emailVerified: false,
      role: 'patient',
    })
    expect(await identity.getUser(userId)).toMatchObject({
      userId,
      email,
      displayName: 'A Person',
      disabled: false,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    })
  })

  it('cannot be registered twice, nor with a weak password or no mail', async () => {
    const { email } = await registerSomebody()
    expect(await outcome(identity.register({ email, password }))).toBe('conflict email-taken')
    const weak = identity.register({ email: 'weak@example.org', password: '123' })
    await expect(weak).rejects.toMatchObject({ kind: 'invalid', details: { errors: [{ path: 'password' }] } })
    const noMail = identity.register({ email: 'no mail', password })
    await expect(noMail).rejects.toMatchObject({ kind: 'invalid', details: { errors: [{ path: 'email' }] } })
  })

  it('can be changed and deleted, also twice', async () => {
    const { userId, tokens } = await registerSomebody()
    expect((await identity.updateUser(userId, { displayName: 'Other' })).displayName).toBe('Other')
    await identity.deleteUser(userId)
    await identity.deleteUser(userId)
    expect(await outcome(identity.getUser(userId))).toBe('not-found')
    expect(await outcome(identity.updateUser(userId, { displayName: 'X' }))).toBe('not-found')
    expect(await outcome(identity.verify(tokens.id_token))).toBe('unauthenticated invalid-token')
  })
})

describe('a sign-in', () => {
  it('with the right password opens a session', async () => {
    const { userId, email } = await registerSomebody()
    const session = await identity.login({ email, password })
    expect(session.userId).toBe(userId)
    expect((await identity.verify(session.tokens.id_token)).userId).toBe(userId)
  })

  it('with a wrong mail or a wrong password fails the same way', async () => {
    const { email } = await registerSomebody()
    const failureOf = (work: Promise<unknown>) => work.catch((error: unknown) => error)
    const wrongPassword = await failureOf(identity.login({ email, password: 'wrong horse' }))
    const wrongMail = await failureOf(identity.login({ email: 'nobody@example.org', password }))
    expect(wrongPassword).toMatchObject({ kind: 'unauthenticated', details: { code: 'wrong-credentials' } })
    expect(wrongMail).toEqual(wrongPassword)
  })

  it('is kept alive by its refresh token and by nothing else', async () => {
    const { userId, tokens } = await registerSomebody()
    const fresh = await identity.refresh(tokens.refresh_token)
    expect(fresh).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
    expect((await identity.verify(fresh.id_token)).userId).toBe(userId)
    expect(await outcome(identity.refresh('made up'))).toBe('unauthenticated invalid-token')
  })
})

describe('a sign-out', () => {
  it('ends all tokens issued so far, those of the same second too, and no later one', async () => {
    const { userId, email, tokens } = await registerSomebody()
    const sameSecond = await identity.login({ email, password })
    await identity.revoke(userId)
    const later = await identity.login({ email, password })
    expect(await outcome(identity.verify(tokens.id_token))).toBe('unauthenticated invalid-token')
    expect(await outcome(identity.verify(sameSecond.tokens.id_token))).toBe('unauthenticated invalid-token')
    expect(await outcome(identity.refresh(tokens.refresh_token))).toBe('unauthenticated invalid-token')
    expect(await outcome(identity.verify(later.tokens.id_token))).toBe('done')
  })
})

describe('an ID token', () => {
  it('of a disabled user is refused, as is the sign-in', async () => {
    const { userId, email, tokens } = await registerSomebody()
    await setAccount(userId, { disableUser: true })
    expect(await outcome(identity.verify(tokens.id_token))).toBe('unauthenticated invalid-token')
    expect(await outcome(identity.refresh(tokens.refresh_token))).toMatch(/^unauthenticated/)
    expect(await outcome(identity.login({ email, password }))).toBe('unauthenticated wrong-credentials')
  })

  it('names the role that the account has now', async () => {
    const { userId, tokens } = await registerSomebody()
    await setAccount(userId, { customAttributes: '{"role":"clinician"}' })
    expect((await identity.verify(tokens.id_token)).role).toBe('clinician')
    await setAccount(userId, { customAttributes: '{"role":"emperor"}' })
    expect((await identity.verify(tokens.id_token)).role).toBe('patient')
  })

  it('has the role that was set at once, also where it was issued before', async () => {
    const { userId, tokens } = await registerSomebody()
    expect(await identity.setRole(userId, 'admin')).toMatchObject({ userId, role: 'admin' })
    expect((await identity.verify(tokens.id_token)).role).toBe('admin')
    const { id_token } = await identity.refresh(tokens.refresh_token)
    await identity.setRole(userId, 'patient')
    expect((await identity.verify(id_token)).role).toBe('patient')
    expect(await outcome(identity.setRole('nobody', 'admin'))).toBe('not-found')
  })

  it('has the role that it carries, where the account’s has not changed since', async () => {
    const { userId } = await registerSomebody()
    const roleOf = async (role: unknown) =>
      (await identity.verify(await cloud.token({ kind: 'firebase', claims: { sub: userId, role } }))).role
    expect(await roleOf('clinician')).toBe('clinician')
    expect(await roleOf('emperor')).toBe('patient')
  })

  it('is believed only with the issuer’s signature, project and lifetime', async () => {
    const { userId } = await registerSomebody()
    const now = Math.floor(Date.now() / 1000)
    const verdict = async (claims: object, key: 'good' | 'foreign' = 'good') =>
      outcome(
        identity.verify(await cloud.token({ kind: 'firebase', key, claims: { sub: userId, ...claims } })),
      )
    expect(await verdict({})).toBe('done')
    const refused = 'unauthenticated invalid-token'
    expect(await verdict({}, 'foreign')).toBe(refused)
    expect(await verdict({ aud: 'other-project' })).toBe(refused)
    expect(await verdict({ iss: 'https://securetoken.google.com/other-project' })).toBe(refused)
    expect(await verdict({ iat: now - 7200, auth_time: now - 7200, exp: now - 3600 })).toBe(refused)
    expect(await verdict({ auth_time: null })).toBe(refused)
    expect(await verdict({ sub: 'nobody' })).toBe(refused)
    expect(await outcome(identity.verify('not a token'))).toBe(refused)
  })
})

describe('the identity provider', () => {
  it('that fails or is slow is unavailable', async () => {
    const { userId, email, tokens } = await registerSomebody()
    await using hasty = createIdentity({ timeoutMs: 300 })
    await cloud.fault({ latency_ms: 700, times: 2 })
    expect(await outcome(hasty.login({ email, password }))).toBe('unavailable identity-unavailable')
    expect(await outcome(hasty.getUser(userId))).toBe('unavailable identity-unavailable')
    await cloud.fault({ code: '500', times: 1 })
    expect(await outcome(identity.refresh(tokens.refresh_token))).toBe('unavailable identity-unavailable')
    await using lost = createIdentity({ emulatorHost: '127.0.0.1:1' })
    expect(await outcome(lost.login({ email, password }))).toBe('unavailable identity-unavailable')
  })

  it('decides alone where no certificates are given: an emulator signs nothing', async () => {
    const { userId, tokens } = await registerSomebody()
    await using trusting = createFirebaseIdentity({
      projectId: PROJECT_ID,
      apiKey: 'local',
      emulatorHost: cloud.environment.FIREBASE_AUTH_EMULATOR_HOST,
    })
    const [, claims] = tokens.id_token.split('.')
    const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    expect((await trusting.verify(`${header}.${claims}.`)).userId).toBe(userId)
    expect(await outcome(trusting.verify('nonsense'))).toBe('unauthenticated invalid-token')
    expect(await outcome(identity.verify(`${header}.${claims}.`))).toBe('unauthenticated invalid-token')
  })
})

/** What an operator does in the console. */
async function setAccount(localId: string, change: object): Promise<void> {
  const host = cloud.environment.FIREBASE_AUTH_EMULATOR_HOST
  const path = `identitytoolkit.googleapis.com/v1/projects/${PROJECT_ID}/accounts:update`
  const headers = { 'content-type': 'application/json', authorization: 'Bearer owner' }
  const body = JSON.stringify({ localId, ...change })
  const response = await fetch(`http://${host}/${path}`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
}
