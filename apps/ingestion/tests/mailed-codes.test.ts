import { type Ingestion, type Person, ingestionOnLocalCloud, projectId } from './ingestion-on-local-cloud.ts'

describe('codes that come by mail', () => {
  let ingestion: Ingestion
  let person: Person
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())
  beforeEach(async () => {
    person = await ingestion.person()
  })

  const post = (path: string, body?: object, token?: string) =>
    ingestion.call('POST', `/api/v1/auth/${path}`, { ...(body && { body }), ...(token && { token }) })
  const codeFor = async (email: string): Promise<string | undefined> => {
    const host = ingestion.cloud.environment.FIREBASE_AUTH_EMULATOR_HOST
    const response = await fetch(`http://${host}/emulator/v1/projects/${projectId}/oobCodes`)
    const { oobCodes } = (await response.json()) as { oobCodes: { email: string; oobCode: string }[] }
    return oobCodes.findLast((code) => code.email === email)?.oobCode
  }

  it('verify an address, whoever brings them', async () => {
    expect((await post('verify-email', undefined, person.token)).status).toBe(202)
    const answer = await post('verify-email', { oob_code: await codeFor(person.email) })
    expect(answer).toMatchObject({ status: 200, body: { email_verified: true } })
    const me = await ingestion.call('GET', '/api/v1/auth/me', { token: person.token })
    expect(me.body.email_verified).toBe(true)
  })

  it('are not sent to nobody', async () => {
    expect((await post('verify-email')).status).toBe(401)
    expect((await post('verify-email', {}, 'not-a-token')).status).toBe(401)
    expect(await codeFor(person.email)).toBeUndefined()
  })

  it('set a new password, after which everybody must sign in with it', async () => {
    expect((await post('reset-password', { email: person.email })).status).toBe(202)
    const body = { oob_code: await codeFor(person.email), new_password: 'another horse battery' }
    expect(await post('reset-password', body)).toMatchObject({ status: 200, body: { password_reset: true } })
    expect((await post('refresh', { refresh_token: person.refreshToken })).status).toBe(401)
    const { email } = person
    expect((await post('login', { email, password: person.password })).status).toBe(401)
    expect((await post('login', { email, password: 'another horse battery' })).status).toBe(200)
  })

  it('tell nobody which addresses have an account, not even while mails cannot be sent', async () => {
    const known = await post('reset-password', { email: person.email })
    const unknown = await post('reset-password', { email: 'nobody@example.com' })
    await ingestion.admin('POST', '/admin/faults', {
      service: 'auth',
      method: 'accounts:sendOobCode',
      code: 'UNAVAILABLE',
      times: 1,
    })
    const unsent = await post('reset-password', { email: person.email })
    for (const { status, body } of [known, unknown, unsent]) expect([status, body]).toEqual([202, ''])
    expect(await codeFor('nobody@example.com')).toBeUndefined()
  })

  it.each([
    ['verify-email', { oob_code: 'made up' }, 'oob_code'],
    ['verify-email', { oob_code: '' }, 'oob_code'],
    ['reset-password', { oob_code: 'made up', new_password: 'another horse' }, 'oob_code'],
    ['reset-password', { oob_code: 'made up', new_password: 'short' }, 'new_password'],
    ['reset-password', { oob_code: 'made up' }, 'new_password'],
    ['reset-password', { email: 'no mail' }, 'email'],
    ['reset-password', { email: 'a@example.com', oob_code: 'made up', new_password: 'x'.repeat(8) }, 'email'],
    ['reset-password', {}, 'email'],
  ])('are refused at %s in %j', async (path, body, field) => {
    const answer = await post(path, body)
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, field])
  })

  it.each(['register', 'login', 'refresh', 'verify-email', 'reset-password'])(
    'and everything else at /auth/%s is JSON',
    async (path) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await ingestion.call('POST', `/api/v1/auth/${path}`, { headers, body: 'email=a%40b.c' })
      expect(answer.status).toBe(415)
    },
  )
})
