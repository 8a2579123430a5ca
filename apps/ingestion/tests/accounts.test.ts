import {
  type Ingestion,
  type Person,
  eventually,
  ingestionOnLocalCloud,
  projectId,
} from './ingestion-on-local-cloud.ts'

const problem = (slug: string): string => `https://clarity.health/problems/${slug}`

describe('accounts', () => {
  let ingestion: Ingestion
  let person: Person
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())
  beforeEach(async () => {
    person = await ingestion.person()
  })

  const post = (path: string, body: object) => ingestion.call('POST', `/api/v1/auth/${path}`, { body })
  const me = (token: string) => ingestion.call('GET', '/api/v1/auth/me', { token })

  it('are registered with tokens that work at once', async () => {
    const { status, body } = await post('register', {
      email: 'new@example.com',
      password: 'correct horse',
      display_name: 'New',
    })
    expect(status).toBe(201)
    expect(body).toEqual({
      user: {
        user_id: expect.any(String),
        email: 'new@example.com',
        email_verified: false,
        display_name: 'New',
        role: 'patient',
        permissions: ['read_own_data', 'write_own_data'],
        timezone: null,
        created_at: expect.stringMatching(/Z$/),
      },
      tokens: {
        id_token: expect.any(String),
        refresh_token: expect.any(String),
        expires_in: 3600,
        token_type: 'Bearer',
      },
    })
    expect(await me(body.tokens.id_token)).toMatchObject({ status: 200, body: body.user })
  })

  it('refuse a mail that is taken, a short password and a bad mail', async () => {
    const { email } = person
    expect(await post('register', { email, password: 'correct horse' })).toMatchObject({
      status: 409,
      body: { type: problem('email-taken') },
    })
    expect(await post('register', { email: 'x@example.com', password: 'short' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'password' }] },
    })
    expect(await post('register', { email: 'x', password: 'correct horse' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'email' }] },
    })
  })

  it('log in with the right password, and answer a wrong mail and a wrong password alike', async () => {
    const { email, password } = person
    expect(await post('login', { email, password })).toMatchObject({
      status: 200,
      body: { user: { user_id: person.userId }, tokens: { token_type: 'Bearer' } },
    })
    const wrongPassword = await post('login', { email, password: 'wrong' })
    const wrongMail = await post('login', { email: 'nobody@example.com', password })
    expect(wrongPassword.status).toBe(401)
    expect({ ...wrongMail.body, trace_id: null }).toEqual({ ...wrongPassword.body, trace_id: null })
  })

  it('give new tokens for a refresh token', async () => {
    const { status, body } = await post('refresh', { refresh_token: person.refreshToken })
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['tokens'])
    expect((await me(body.tokens.id_token)).status).toBe(200)
    expect((await post('refresh', { refresh_token: 'foreign' })).status).toBe(401)
  })

  it('refuse the tokens of before a logout', async () => {
    const { status } = await ingestion.call('POST', '/api/v1/auth/logout', { token: person.token })
    expect(status).toBe(204)
    await eventually(async () => (await me(person.token)).status === 401)
    expect((await post('refresh', { refresh_token: person.refreshToken })).status).toBe(401)
    const again = await post('login', { email: person.email, password: person.password })
    expect((await me(again.body.tokens.id_token)).status).toBe(200)
  })

  it('keep name and zone, and refuse what is none', async () => {
    const put = (body: object) => ingestion.call('PUT', '/api/v1/auth/me', { token: person.token, body })
    expect(await put({ display_name: 'Ada', timezone: 'Europe/Berlin' })).toMatchObject({
      status: 200,
      body: { display_name: 'Ada', timezone: 'Europe/Berlin' },
    })
    expect(await put({ timezone: 'Mars/Olympus' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'timezone' }] },
    })
    expect(await put({ display_name: 'Ada \ud83d' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'display_name', reason: 'holds half a character' }] },
    })
    expect((await me(person.token)).body).toMatchObject({ display_name: 'Ada', timezone: 'Europe/Berlin' })
  })

  const now = Math.floor(Date.now() / 1000)
  const claims = (over: object) => ({
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    sub: person.userId,
    user_id: person.userId,
    auth_time: now,
    iat: now,
    exp: now + 3600,
    ...over,
  })

  it.each([
    ['signed by a foreign key', () => claims({}), 'foreign'],
    ['that is expired', () => claims({ auth_time: now - 7200, iat: now - 7200, exp: now - 3600 }), 'good'],
    [
      'for another project',
      () => claims({ aud: 'another', iss: 'https://securetoken.google.com/another' }),
      'good',
    ],
    ['of a user who does not exist', () => claims({ sub: 'nobody', user_id: 'nobody' }), 'good'],
  ])('refuse a token %s', async (_, make, key) => {
    const { body } = await ingestion.admin('POST', '/admin/tokens', { kind: 'firebase', claims: make(), key })
    expect(await me(body.token)).toMatchObject({
      status: 401,
      body: { type: problem('invalid-token'), status: 401 },
    })
  })

  it('refuse no token and one that is none', async () => {
    expect(await ingestion.call('GET', '/api/v1/auth/me')).toMatchObject({
      status: 401,
      body: { status: 401 },
    })
    expect((await me('not-a-token')).status).toBe(401)
  })

  it('refuse a user who was disabled', async () => {
    const host = ingestion.cloud.environment.FIREBASE_AUTH_EMULATOR_HOST
    const disabled = await fetch(
      `http://${host}/identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts:update`,
      {
        method: 'POST',
        headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
        body: JSON.stringify({ localId: person.userId, disableUser: true }),
      },
    )
    expect(disabled.status).toBe(200)
    expect((await me(person.token)).status).toBe(401)
    expect((await post('login', { email: person.email, password: person.password })).status).toBe(401)
  })

  it('answer other methods and paths with 405 and 404', async () => {
    expect(await ingestion.call('PATCH', '/api/v1/auth/me')).toMatchObject({ status: 405 })
    expect(await ingestion.call('GET', '/api/v1/nothing')).toMatchObject({ status: 404 })
  })
})
