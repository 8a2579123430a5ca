import type { ServiceContext } from '../emulated-service.ts'
import { createServiceContext } from '../service-context.ts'
import { type EmulatedAuth, startAuth } from './server.ts'

const ACCOUNTS = 'identitytoolkit.googleapis.com/v1/accounts'
const ADMIN = 'identitytoolkit.googleapis.com/v1/projects/demo-clarity'
const EMULATOR = 'emulator/v1/projects/demo-clarity'
const USER = { email: 'ada@example.com', password: 'correct horse' }

describe('the Firebase Auth of the local cloud', () => {
  let context: ServiceContext
  let emulated: EmulatedAuth

  beforeEach(async () => {
    context = createServiceContext({ projectId: 'demo-clarity' })
    emulated = await startAuth(context, { port: 0 })
  })
  afterEach(() => emulated[Symbol.asyncDispose]())

  async function send(path: string, init: RequestInit = {}) {
    const response = await fetch(`http://127.0.0.1:${emulated.port}/${path}`, { method: 'POST', ...init })
    const body = (await response.json()) as Record<string, unknown> & { error?: { message: string } }
    return { status: response.status, body, message: body.error?.message }
  }

  const call = (operation: string, body: object) =>
    send(`${ACCOUNTS}:${operation}?key=k`, { body: JSON.stringify(body) })

  it('refuses a client without an API key and an administrator without a token', async () => {
    expect((await send(`${ACCOUNTS}:signUp`, { body: '{}' })).status).toBe(403)
    expect((await send(`${ADMIN}/accounts:lookup`, { body: '{}' })).status).toBe(401)
  })

  it('names what it does not play', async () => {
    const idp = await call('signInWithIdp', {})
    expect([idp.status, idp.message]).toEqual([501, expect.stringContaining('accounts:signInWithIdp')])
    const phone = await send(`${ADMIN}/accounts`, {
      headers: { authorization: 'Bearer owner' },
      body: JSON.stringify({ phoneNumber: '+15555550100' }),
    })
    expect([phone.status, phone.message]).toEqual([501, expect.stringContaining('phoneNumber')])
    const mail = await call('sendOobCode', { requestType: 'EMAIL_SIGNIN', email: USER.email })
    expect(mail.status).toBe(501)
  })

  it('knows one project', async () => {
    const init = { headers: { authorization: 'Bearer owner' }, body: '{}' }
    const other = await send('identitytoolkit.googleapis.com/v1/projects/other/accounts:lookup', init)
    expect([other.status, other.message]).toEqual([400, 'PROJECT_NOT_FOUND'])
  })

  it('tells an unknown mail from a wrong password only without improved e-mail privacy', async () => {
    await call('signUp', USER)
    await send(`${EMULATOR}/config`, {
      method: 'PATCH',
      body: '{"emailPrivacyConfig":{"enableImprovedEmailPrivacy":false}}',
    })
    const wrong = await call('signInWithPassword', { ...USER, password: 'wrong one' })
    const unknown = await call('signInWithPassword', { ...USER, email: 'bob@example.com' })
    const reset = await call('sendOobCode', { requestType: 'PASSWORD_RESET', email: 'bob@example.com' })
    expect([wrong.message, unknown.message, reset.message]).toEqual([
      'INVALID_PASSWORD',
      'EMAIL_NOT_FOUND',
      'EMAIL_NOT_FOUND',
    ])
  })

  it('refuses a code that is older than an hour', async () => {
    await call('signUp', USER)
    await call('sendOobCode', { requestType: 'PASSWORD_RESET', email: USER.email })
    const hourAgo = Date.now() - 3_600_001
    context.database
      .prepare("UPDATE auth_oob_codes SET record = json_set(record, '$.createdAtMs', ?)")
      .run(hourAgo)
    const { body } = await send(`${EMULATOR}/oobCodes`, { method: 'GET' })
    const [code] = body['oobCodes'] as { oobCode: string }[]
    const reset = await call('resetPassword', { oobCode: code?.oobCode, newPassword: 'new secret' })
    expect(reset.message).toBe('EXPIRED_OOB_CODE')
  })

  it('applies a code when the link of its mail is followed', async () => {
    const { body: user } = await call('signUp', USER)
    await call('sendOobCode', { requestType: 'VERIFY_EMAIL', idToken: user['idToken'] })
    const { body } = await send(`${EMULATOR}/oobCodes`, { method: 'GET' })
    const [code] = body['oobCodes'] as { oobLink: string }[]
    const { pathname, search } = new URL(code?.oobLink ?? '')
    const followed = await send(pathname.slice(1) + search, { method: 'GET' })
    expect(followed.body).toMatchObject({ email: USER.email, emailVerified: true })
  })

  it('refuses tokens that are foreign, forged or from before the last revocation', async () => {
    const { body: user } = await call('signUp', USER)
    const claims = { aud: 'demo-clarity', sub: user['localId'], auth_time: 1, exp: 9_999_999_999 }
    const lookup = async (idToken: string) => (await call('lookup', { idToken })).message
    const [header, payload] = String(user['idToken']).split('.')
    expect([
      await lookup(context.issuer.sign(claims, 'foreign')),
      await lookup(context.issuer.sign({ ...claims, aud: 'other' })),
      await lookup(`${header}.${payload}.AAAA`),
      await lookup(context.issuer.sign({ ...claims, exp: 1 })),
      await lookup(context.issuer.sign(claims)),
      await lookup(context.issuer.sign({ ...claims, sub: 'nobody' })),
    ]).toEqual([
      'INVALID_ID_TOKEN',
      'INVALID_ID_TOKEN',
      'INVALID_ID_TOKEN',
      'TOKEN_EXPIRED',
      'TOKEN_EXPIRED',
      'USER_NOT_FOUND',
    ])
  })

  it('fails as an armed fault says', async () => {
    context.faults.add({ service: 'auth', method: 'accounts:signUp', code: 'UNAVAILABLE', times: 1 })
    expect((await call('signUp', USER)).status).toBe(503)
    expect((await call('signUp', USER)).status).toBe(200)
    emulated.reset()
    expect(emulated.users()).toEqual([])
  })

  it('exchanges a refresh token that comes as a form, as Google’s own clients send it', async () => {
    const { body: user } = await call('signUp', USER)
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: String(user['refreshToken']),
    })
    const answer = await send('securetoken.googleapis.com/v1/token?key=k', { body: form })
    expect(answer.body).toMatchObject({ user_id: user['localId'], token_type: 'Bearer' })
  })

  it('keeps no password, only its salted hash', async () => {
    await call('signUp', USER)
    const rows = JSON.stringify(context.database.prepare('SELECT * FROM auth_users').all())
    expect(rows).toContain(USER.email)
    expect(rows).not.toContain(USER.password)
  })
})
