import type { Analysis, Insight } from '@clarity/contracts'
import {
  BAD_CALLERS,
  type CallerName,
  GOOD_CALLERS,
  type KnownCaller,
  createCallers,
  mint,
} from './callers.ts'
import { type Call, type Ingestion, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

const at = '2026-03-08T00:00:00.000Z'

interface World {
  readonly ingestion: Ingestion
  readonly callers: Readonly<Record<CallerName, KnownCaller>>
  /** What the owner has. */
  readonly uploadId: string
}

type Statuses = Readonly<Record<CallerName, number>>

const all = (names: readonly CallerName[], status: number) =>
  Object.fromEntries(names.map((name) => [name, status])) as Statuses
const everybody = (status: number): Statuses => all([...GOOD_CALLERS, ...BAD_CALLERS], status)
const signedIn = (status: number): Statuses => ({ ...everybody(401), ...all(GOOD_CALLERS, status) })
/** Each on the own data, which a researcher has not. */
const members = (status: number): Statuses => ({ ...signedIn(status), researcher: 403 })
/** On the owner's thing: for others there is no such thing. */
const own = (status: number): Statuses => ({ ...members(404), owner: status })
const adminOnly = (status: number): Statuses => ({ ...signedIn(403), admin: status })

interface Row {
  readonly expected: Statuses
  /** Placeholders of the path and what else is sent, where a plain call is not enough. */
  readonly call?: (world: World, caller: KnownCaller) => Call & { readonly params?: Record<string, string> }
  readonly query?: string
  /** It ends the caller's sessions or data: nobody uses these callers again. */
  readonly isLast?: boolean
}

const upload = { call: ({ uploadId }: World) => ({ params: { id: uploadId, upload_id: uploadId } }) }

/** Every route of the service, and what each caller is answered. */
const MATRIX: Readonly<Record<string, Row>> = {
  'POST /api/v1/auth/register': {
    expected: everybody(201),
    call: (_, { email }) => ({ body: { email: `new-${email}`, password: 'correct horse' } }),
  },
  'POST /api/v1/auth/login': {
    expected: everybody(200),
    call: ({ callers: { owner } }) => ({ body: { email: owner.email, password: owner.password } }),
  },
  'POST /api/v1/auth/refresh': {
    expected: everybody(200),
    call: ({ callers: { owner } }) => ({ body: { refresh_token: owner.refreshToken } }),
  },
  'POST /api/v1/auth/logout': { expected: signedIn(204), isLast: true },
  'POST /api/v1/auth/verify-email': { expected: signedIn(202) },
  'POST /api/v1/auth/reset-password': {
    expected: everybody(202),
    call: (_, { email }) => ({ body: { email } }),
  },
  'GET /api/v1/auth/me': { expected: signedIn(200) },
  'PUT /api/v1/auth/me': { expected: signedIn(200), call: () => ({ body: { display_name: 'Ada' } }) },
  'DELETE /api/v1/auth/me': { expected: signedIn(202), isLast: true },
  'POST /api/v1/health-data/upload': { expected: members(202), call: () => ({ body: { a: 1 } }) },
  'POST /api/v1/health-data/resumable-uploads': {
    expected: members(201),
    call: () => ({ body: { content_type: 'application/json', bytes: 10 } }),
  },
  'DELETE /api/v1/health-data/:upload_id': { expected: own(204), ...upload, isLast: true },
  'GET /api/v1/health-data/processing/:id': { expected: own(200), ...upload },
  'GET /api/v1/health-data/processing/:id/events': { expected: own(200), ...upload },
  'GET /api/v1/health-data': { expected: members(200), query: 'type=steps' },
  'GET /api/v1/health-data/summary': { expected: members(200), query: 'start=2026-03-01&end=2026-03-02' },
  'GET /api/v1/health-data/uploads': { expected: members(200) },
  'GET /api/v1/health-data/export': { expected: members(200) },
  'GET /api/v1/health-data/health': { expected: everybody(200) },
  'GET /api/v1/pat/health': { expected: everybody(200) },
  'POST /api/v1/pat/analyze': {
    expected: members(200),
    call: () => ({ body: { start: at, timezone: 'UTC', activity: [1] } }),
  },
  'POST /api/v1/pat/analyze-step-data': {
    expected: members(200),
    call: () => ({ body: { timezone: 'UTC', samples: [{ start: at, end: at, steps: 1 }] } }),
  },
  'GET /api/v1/pat/analyses': { expected: members(200) },
  'GET /api/v1/pat/models/info': { expected: members(200) },
  'GET /api/v1/pat/analysis/:id': { expected: own(200), call: () => ({ params: { id: 'an1' } }) },
  'POST /api/v1/insights/generate': {
    expected: members(200),
    call: () => ({ body: { analysis_id: 'an1' } }),
  },
  'GET /api/v1/insights/status': { expected: everybody(200) },
  'GET /api/v1/insights/history': { expected: members(200) },
  'GET /api/v1/insights/history/:user_id': {
    expected: own(200),
    call: ({ callers: { owner } }) => ({ params: { user_id: owner.userId } }),
  },
  'GET /api/v1/insights/:id': { expected: own(200), call: () => ({ params: { id: 'in1' } }) },
  'GET /api/v1/consents': { expected: members(200) },
  'PUT /api/v1/consents/:clinician_id': {
    expected: members(204),
    call: () => ({ params: { clinician_id: 'dr' }, body: {} }),
  },
  'DELETE /api/v1/consents/:clinician_id': {
    expected: members(204),
    call: () => ({ params: { clinician_id: 'dr' } }),
  },
  'PUT /api/v1/admin/users/:id/role': {
    expected: adminOnly(200),
    call: ({ callers: { nobody } }) => ({ params: { id: nobody.userId }, body: { role: 'clinician' } }),
  },
  // A person's token is none of Pub/Sub's.
  'POST /push/raw-upload-finalized': { expected: everybody(401), call: () => ({ body: {} }) },
  'GET /openapi.json': { expected: everybody(200) },
  'GET /docs': { expected: everybody(200) },
  'GET /docs/:asset': { expected: everybody(200), call: () => ({ params: { asset: 'start.js' } }) },
  'GET /api/v1/openapi.json': { expected: everybody(200) },
  'GET /api/v1/docs': { expected: everybody(200) },
  'GET /api/v1/docs/:asset': { expected: everybody(200), call: () => ({ params: { asset: 'start.js' } }) },
}

describe('who may do what', () => {
  let ingestion: Ingestion
  let world: World
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
    for (const path of ['analyze', 'model', 'insights?wait=false'])
      ingestion.behind.answer(`/internal/${path}`, [200, {}])
    world = await createWorld(ingestion)
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())

  it('is said of every route', () => {
    const routes = ingestion.routes.map(({ method, path }) => `${method} ${path}`)
    expect(Object.keys(MATRIX).sort()).toEqual(routes.sort())
  })

  it.each(Object.entries(MATRIX))('on %s', async (route, { expected, isLast, ...row }) => {
    const used = isLast ? await createWorld(ingestion) : world
    const answered = await Promise.all(
      Object.entries(used.callers).map(async ([name, caller]) => [
        name,
        await statusOf(route, { ...row, caller, world: used }),
      ]),
    )
    expect(Object.fromEntries(answered)).toEqual(expected)
  })

  /** Routes that read health data, with the query that names whose. */
  const READS = Object.entries(MATRIX).filter(
    ([route, { expected }]) =>
      /^GET .*\/(health-data|pat|insights)\b/.test(route) &&
      expected.nobody === 401 &&
      !route.includes(':user_id') &&
      !route.endsWith('/models/info'),
  )

  it.each(READS)('on %s of the owner, depends on consent', async (route, row) => {
    const { callers } = world
    const statuses = async () =>
      Object.fromEntries(
        await Promise.all(
          GOOD_CALLERS.map(async (name) => {
            const query = [row.query, `user_id=${callers.owner.userId}`].filter(Boolean).join('&')
            return [name, await statusOf(route, { ...row, query, caller: callers[name], world })]
          }),
        ),
      )
    const without = { owner: 200, stranger: 404, clinician: 404, researcher: 403, admin: 404 }
    expect(await statuses()).toEqual(without)
    const consent = { granted_at: at, expires_at: null }
    const others = GOOD_CALLERS.slice(1).map((name) => callers[name].userId)
    for (const clinician_id of others)
      await ingestion.records.consents.grant(callers.owner.userId, { clinician_id, ...consent })
    expect(await statuses()).toEqual({ ...without, clinician: 200, admin: 200 })
    for (const clinicianId of others)
      await ingestion.records.consents.withdraw(callers.owner.userId, { clinicianId, at })
    expect(await statuses()).toEqual(without)
  })

  it('is nothing with a consent of somebody who was erased, before anything is removed', async () => {
    const used = await createWorld(ingestion)
    const { owner, clinician } = used.callers
    const consent = { clinician_id: clinician.userId, granted_at: at, expires_at: null }
    await ingestion.records.consents.grant(owner.userId, consent)
    const statuses = () =>
      Promise.all(
        READS.map(([route, row]) => {
          const query = [row.query, `user_id=${owner.userId}`].filter(Boolean).join('&')
          return statusOf(route, { ...row, query, caller: clinician, world: used })
        }),
      )
    expect(await statuses()).toEqual(READS.map(() => 200))
    const erased = await ingestion.call('DELETE', '/api/v1/auth/me', { token: owner.token })
    expect(erased.status).toBe(202)
    expect(await statuses()).toEqual(READS.map(() => 404))
  })

  it('is nothing for a role that a forged token claims', async () => {
    const token = await mint(ingestion, { sub: world.callers.stranger.userId, role: 'admin' }, 'foreign')
    const answer = await ingestion.call('PUT', `/api/v1/admin/users/${world.callers.stranger.userId}/role`, {
      token,
      body: { role: 'admin' },
    })
    expect(answer.status).toBe(401)
  })
})

async function createWorld(ingestion: Ingestion): Promise<World> {
  const callers = await createCallers(ingestion)
  const { userId, token } = callers.owner
  const { records } = ingestion
  const { body } = await ingestion.call('POST', '/api/v1/health-data/upload', { token, body: { own: 1 } })
  await records.uploads.fail(userId, body.upload_id, { at, error: { code: 'x', title: 'X' } })
  const analysis = { analysis_id: 'an1', user_id: userId, created_at: at, digest: 'd', upload_ids: [] }
  await records.analyses.createOnce(analysis as unknown as Analysis)
  const insight = { insight_id: 'in1', analysis_id: 'an1', generated_at: at }
  await records.insights.createOnce(userId, insight as Insight)
  return { ingestion, callers, uploadId: body.upload_id }
}

interface Knock extends Omit<Row, 'expected'> {
  readonly caller: KnownCaller
  readonly world: World
}

async function statusOf(route: string, { caller, world, call, query }: Knock): Promise<number> {
  const [method, pattern] = route.split(' ') as [string, string]
  const { params = {}, ...sent } = call?.(world, caller) ?? {}
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => params[name] as string)
  const { status } = await world.ingestion.call(method, query === undefined ? path : `${path}?${query}`, {
    ...(caller.bearer !== undefined && { token: caller.bearer }),
    ...sent,
  })
  return status
}
