import { mint } from './callers.ts'
import { type Ingestion, type Person, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

describe('consents and roles', () => {
  let ingestion: Ingestion
  let patient: Person
  let clinician: Person
  let adminToken: string
  let now = new Date('2026-03-08T12:00:00Z')
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud({ overrides: { now: () => now } })
    adminToken = await mint(ingestion, { sub: (await ingestion.person()).userId, role: 'admin' })
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())
  beforeEach(async () => {
    patient = await ingestion.person()
    clinician = await ingestion.person()
    now = new Date('2026-03-08T12:00:00Z')
  })

  const consents = (method: string, id = '', body?: object) =>
    ingestion.call(method, `/api/v1/consents${id && `/${id}`}`, {
      token: patient.token,
      ...(body && { body }),
    })
  const giveRole = (userId: string, role: string, token = adminToken) =>
    ingestion.call('PUT', `/api/v1/admin/users/${userId}/role`, { token, body: { role } })
  const historyOfPatient = async (token = clinician.token) =>
    (await ingestion.call('GET', `/api/v1/insights/history/${patient.userId}`, { token })).status

  it('a consent holds from when it is given until it is withdrawn', async () => {
    await giveRole(clinician.userId, 'clinician')
    expect(await historyOfPatient()).toBe(404)
    expect((await consents('PUT', clinician.userId)).status).toBe(204)
    expect(await historyOfPatient()).toBe(200)
    expect((await consents('GET')).body).toEqual({
      data: [{ clinician_id: clinician.userId, granted_at: now.toISOString(), expires_at: null }],
      pagination: { next_cursor: null, page_size: 50 },
    })
    expect((await consents('DELETE', clinician.userId)).status).toBe(204)
    expect(await historyOfPatient()).toBe(404)
    expect((await consents('DELETE', clinician.userId)).status).toBe(204)
  })

  it('a consent ends when its time has passed', async () => {
    await giveRole(clinician.userId, 'clinician')
    await consents('PUT', clinician.userId, { expires_at: '2026-03-08T14:00:00+01:00' })
    expect((await consents('GET')).body.data[0].expires_at).toBe('2026-03-08T13:00:00.000Z')
    expect(await historyOfPatient()).toBe(200)
    now = new Date('2026-03-08T13:00:00Z')
    expect(await historyOfPatient()).toBe(404)
  })

  it('a consent ends with the mark of the person’s erasure, and none is given after it', async () => {
    await giveRole(clinician.userId, 'clinician')
    await consents('PUT', clinician.userId)
    expect(await historyOfPatient()).toBe(200)
    await ingestion.records.erasures.mark(patient.userId, now.toISOString())
    expect(await historyOfPatient()).toBe(404)
    expect(await consents('PUT', clinician.userId)).toMatchObject({
      status: 401,
      body: { type: 'https://clarity.health/problems/account-erased' },
    })
    expect(await historyOfPatient()).toBe(404)
  })

  it.each([[{ expires_at: '2026-03-08T11:59:59Z' }], [{ expires_at: 'tomorrow' }], [{ expires_at: 1 }]])(
    'no consent is given with %j',
    async (body) => {
      const answer = await consents('PUT', clinician.userId, body)
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'expires_at' }] } })
      expect((await consents('GET')).body.data).toEqual([])
    },
  )

  it.each(['__x__', encodeURIComponent('界'.repeat(128))])(
    'nobody has the id %s, so that no consent names it',
    async (id) => {
      expect([(await consents('PUT', id)).status, (await consents('DELETE', id)).status]).toEqual([404, 404])
    },
  )

  it('a list of consents has pages', async () => {
    for (const id of ['dr-1', 'dr-2', 'dr-3']) {
      now = new Date(now.getTime() + 1000)
      await consents('PUT', id)
    }
    const first = (await ingestion.call('GET', '/api/v1/consents?limit=2', { token: patient.token })).body
    expect(first.data.map((each: { clinician_id: string }) => each.clinician_id)).toEqual(['dr-3', 'dr-2'])
    const query = `limit=2&cursor=${first.pagination.next_cursor}`
    const second = await ingestion.call('GET', `/api/v1/consents?${query}`, { token: patient.token })
    expect(second.body).toMatchObject({ data: [{ clinician_id: 'dr-1' }], pagination: { next_cursor: null } })
    const lent = await ingestion.call('GET', `/api/v1/consents?${query}`, { token: clinician.token })
    expect(lent.status).toBe(422)
  })

  it('a consent serves nobody who is no clinician', async () => {
    await consents('PUT', clinician.userId)
    expect(await historyOfPatient()).toBe(404)
    await giveRole(clinician.userId, 'clinician')
    expect(await historyOfPatient()).toBe(200)
    await giveRole(clinician.userId, 'patient')
    expect(await historyOfPatient()).toBe(404)
  })

  it('a role holds at once, and in the tokens that follow', async () => {
    expect(await giveRole(clinician.userId, 'researcher')).toMatchObject({
      status: 200,
      body: { user_id: clinician.userId, role: 'researcher', permissions: [] },
    })
    expect((await ingestion.call('GET', '/api/v1/consents', { token: clinician.token })).status).toBe(403)
    const { body } = await ingestion.call('POST', '/api/v1/auth/refresh', {
      body: { refresh_token: clinician.refreshToken },
    })
    const me = await ingestion.call('GET', '/api/v1/auth/me', { token: body.tokens.id_token })
    expect(me.body).toMatchObject({ role: 'researcher', permissions: [] })
  })

  it('a role is not given by others than admins, nor to nobody, nor is one that is none', async () => {
    expect((await giveRole(patient.userId, 'admin', patient.token)).status).toBe(403)
    expect((await giveRole('nobody', 'clinician')).status).toBe(404)
    expect(await giveRole(patient.userId, 'emperor')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'role' }] },
    })
  })
})
