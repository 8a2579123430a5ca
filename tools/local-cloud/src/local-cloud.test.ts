import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OAuth2Client } from 'google-auth-library'
import { CLOUD_PARTS } from './cloud-parts.ts'
import { type LocalCloud, type LocalCloudConfig, startLocalCloud } from './local-cloud.ts'

const projectId = 'demo-clarity'

/** Calls the admin interface; answers the status and the JSON body, if there is one. */
async function admin(cloud: LocalCloud, path: string, init: { method?: string; body?: unknown } = {}) {
  const response = await fetch(`http://127.0.0.1:${cloud.ports.admin}${path}`, {
    method: init.method ?? 'GET',
    ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : null }
}

const createBucket = (cloud: LocalCloud) =>
  fetch(`${cloud.environment['STORAGE_EMULATOR_HOST']}/b`, { method: 'POST', body: '{"name":"raw"}' })

const createUser = (cloud: LocalCloud) =>
  fetch(
    `http://${cloud.environment['FIREBASE_AUTH_EMULATOR_HOST']}/identitytoolkit.googleapis.com/v1/accounts:signUp?key=k`,
    { method: 'POST', body: JSON.stringify({ email: 'a@example.com', password: 'correct horse' }) },
  )

describe('the local cloud', () => {
  it('starts every part on a port of its own and tells the services where', async () => {
    await using cloud = await startLocalCloud({ projectId })
    const ports = CLOUD_PARTS.map((part) => cloud.ports[part])
    expect(new Set(ports).size).toBe(CLOUD_PARTS.length)
    expect(Math.min(...ports)).toBeGreaterThan(0)
    expect(cloud.environment).toEqual({
      GOOGLE_CLOUD_PROJECT: projectId,
      PUBSUB_EMULATOR_HOST: `127.0.0.1:${cloud.ports.pubsub}`,
      FIRESTORE_EMULATOR_HOST: `127.0.0.1:${cloud.ports.firestore}`,
      STORAGE_EMULATOR_HOST: `http://127.0.0.1:${cloud.ports.storage}`,
      FIREBASE_AUTH_EMULATOR_HOST: `127.0.0.1:${cloud.ports.auth}`,
      GCE_METADATA_HOST: `127.0.0.1:${cloud.ports.metadata}`,
      METADATA_SERVER_DETECTION: 'assume-present',
      PUSH_CERTS_URL: expect.stringContaining(`:${cloud.ports.metadata}/oauth2/v1/certs`) as string,
      FIREBASE_CERTS_URL: expect.stringContaining('securetoken@system.gserviceaccount.com') as string,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${cloud.ports.otlp}`,
      VERTEX_ENDPOINT: `127.0.0.1:${cloud.ports.vertex}`,
      NODE_EXTRA_CA_CERTS: cloud.certificateFile,
    })
    expect(await admin(cloud, '/health')).toEqual({ status: 200, body: { status: 'ok' } })
    const page = await fetch(`http://127.0.0.1:${cloud.ports.admin}/`)
    expect(await page.text()).toContain('href="/admin/state"')
  })

  it('leaves out the parts that an outside emulator plays, and shows null for them', async () => {
    await using cloud = await startLocalCloud({ projectId, services: ['admin', 'storage'] })
    expect(cloud.ports).toMatchObject({ pubsub: 0, firestore: 0, auth: 0 })
    expect(cloud.environment).not.toHaveProperty('PUBSUB_EMULATOR_HOST')
    const { body } = await admin(cloud, '/admin/state')
    expect(body).toEqual({ topics: null, collections: null, buckets: [], users: null })
  })

  it('gives pushes their endpoint, or a signing relay where an outside Pub/Sub delivers them', async () => {
    const received: (string | undefined)[] = []
    const target = createHttpServer((request, response) => {
      received.push(request.headers.authorization?.split(' ')[1])
      response.writeHead(204).end()
    }).listen(0, '127.0.0.1')
    await once(target, 'listening')
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/push`
    const push = { url, audience: 'http://127.0.0.1:8081', serviceAccount: 'push@example.com' }
    {
      await using cloud = await startLocalCloud({ projectId, services: ['pubsub'] })
      expect(cloud.pushEndpoint(push)).toBe(url)
    }
    await using cloud = await startLocalCloud({ projectId, services: ['metadata'] })
    const response = await fetch(cloud.pushEndpoint(push), { method: 'POST', body: '{}' })
    expect(response.status).toBe(204)
    await expect(payloadOf(cloud, received[0])).resolves.toMatchObject({ email: 'push@example.com' })
    target.close()
    target.closeAllConnections()
  })

  it('names the port that is taken and the variable which moves it', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    for (const [part, variable] of [
      ['firestore', 'FIRESTORE_PORT'],
      ['pubsub', 'PUBSUB_PORT'],
      ['admin', 'LOCAL_CLOUD_PORT'],
    ] as const) {
      const config: LocalCloudConfig = { projectId, ports: { [part]: port } }
      await expect(startLocalCloud(config)).rejects.toThrow(`Port ${port} is taken; set ${variable}`)
    }
    other.close()
  })

  it('keeps what was acknowledged over a restart, and tokens stay valid', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'local-cloud-'))
    const before = await startLocalCloud({ projectId, dataDir })
    await createBucket(before)
    await createUser(before)
    const { body } = await admin(before, '/admin/tokens', { method: 'POST', body: { kind: 'id' } })
    await before[Symbol.asyncDispose]()

    await using after = await startLocalCloud({ projectId, dataDir })
    const state = await admin(after, '/admin/state')
    expect(state.body).toMatchObject({ buckets: [{ name: 'raw' }], users: [{ email: 'a@example.com' }] })
    await expect(payloadOf(after, body?.['token'])).resolves.toMatchObject({ email_verified: true })
    rmSync(dataDir, { recursive: true })
  })
})

/** The claims of a token whose signature Google's own client finds right; fails otherwise. */
async function payloadOf(cloud: LocalCloud, token: unknown) {
  const client = new OAuth2Client({
    endpoints: { oauth2FederatedSignonPemCertsUrl: cloud.environment['PUSH_CERTS_URL'] ?? '' },
  })
  const ticket = await client.verifyIdToken({ idToken: String(token), audience: 'http://127.0.0.1:8081' })
  return ticket.getPayload()
}

describe('the admin interface', () => {
  let cloud: LocalCloud
  beforeAll(async () => {
    cloud = await startLocalCloud({ projectId })
  })
  afterAll(() => cloud[Symbol.asyncDispose]())

  it('arms, lists and clears faults', async () => {
    const fault = { service: 'auth', method: 'accounts:signUp', code: 503, times: 1 }
    expect(await admin(cloud, '/admin/faults', { method: 'POST', body: fault })).toMatchObject({
      status: 201,
      body: fault,
    })
    expect((await admin(cloud, '/admin/faults')).body).toEqual({ faults: [fault] })
    expect((await createUser(cloud)).status).toBe(503)
    expect((await admin(cloud, '/admin/faults')).body).toEqual({ faults: [] })
    await admin(cloud, '/admin/faults', { method: 'POST', body: { service: 'auth' } })
    expect((await createUser(cloud)).status).toBe(503)
    expect((await admin(cloud, '/admin/faults', { method: 'DELETE' })).status).toBe(204)
    expect((await createUser(cloud)).status).toBe(200)
  })

  it('lets calls go on that wait for a fault when that one is cleared', async () => {
    const kept = { service: 'auth', method: 'token', code: 503 }
    await admin(cloud, '/admin/faults', { method: 'POST', body: kept })
    const stall = { service: 'auth', method: 'accounts:signUp', latency_ms: 600_000, code: 503 }
    await admin(cloud, '/admin/faults', { method: 'POST', body: { ...stall, times: 1 } })
    const stalled = createUser(cloud)
    while (((await admin(cloud, '/admin/faults')).body?.['faults'] as object[]).length > 1) continue
    const meant = '/admin/faults?service=auth&method=accounts:signUp'
    expect((await admin(cloud, meant, { method: 'DELETE' })).status).toBe(204)
    expect((await stalled).status).toBe(503)
    expect((await admin(cloud, '/admin/faults')).body).toEqual({ faults: [kept] })
    expect((await admin(cloud, '/admin/faults?service=mail', { method: 'DELETE' })).status).toBe(422)
    await admin(cloud, '/admin/faults', { method: 'DELETE' })
  })

  it.each([
    [503, 'UNAVAILABLE'],
    [10, 'ABORTED'],
    ['NOT_FOUND', 'NOT_FOUND'],
  ])('takes %s for a gRPC service as %s', async (code, name) => {
    const { body } = await admin(cloud, '/admin/faults', {
      method: 'POST',
      body: { service: 'firestore', code },
    })
    await admin(cloud, '/admin/faults', { method: 'DELETE' })
    expect(body).toEqual({ service: 'firestore', code: name })
  })

  it.each([
    [{ service: 'mail' }, 422, 'service'],
    [{ service: 'auth', times: 0 }, 422, 'times'],
    [{ service: 'auth', latency_ms: 'long' }, 422, 'latency_ms'],
    [{ service: 'auth', surprise: 1 }, 422, ''],
    [{ service: 'pubsub', code: 'BROKEN' }, 422, 'code'],
    [[], 400, undefined],
  ])('refuses the fault %j with %i', async (body, status, path) => {
    const answer = await admin(cloud, '/admin/faults', { method: 'POST', body })
    expect(answer.status).toBe(status)
    const errors = answer.body?.['errors'] as { path: string }[] | undefined
    expect(errors?.[0]?.path).toBe(path)
  })

  it('signs tokens of each kind, with the claims asked for', async () => {
    const claims = { email: 'push@example.com', email_verified: null }
    const push = await admin(cloud, '/admin/tokens', { method: 'POST', body: { kind: 'push', claims } })
    const payload = await payloadOf(cloud, push.body?.['token'])
    expect(payload).toMatchObject({ iss: 'https://accounts.google.com', email: 'push@example.com' })
    expect(payload).not.toHaveProperty('email_verified')
    const firebase = await admin(cloud, '/admin/tokens', {
      method: 'POST',
      body: { kind: 'firebase', claims: { sub: 'user-1', role: 'clinician' } },
    })
    const [, middle = ''] = String(firebase.body?.['token']).split('.')
    expect(JSON.parse(Buffer.from(middle, 'base64url').toString())).toMatchObject({
      iss: `https://securetoken.google.com/${projectId}`,
      aud: projectId,
      sub: 'user-1',
      user_id: 'user-1',
      role: 'clinician',
    })
  })

  it('signs with a foreign key when asked, which no certificate vouches for', async () => {
    const answer = await admin(cloud, '/admin/tokens', {
      method: 'POST',
      body: { kind: 'push', key: 'foreign' },
    })
    await expect(payloadOf(cloud, answer.body?.['token'])).rejects.toThrow()
  })

  it('answers a trace with its spans, and 404 for one it does not know', async () => {
    const span = {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      name: 'upload',
      kind: 2,
      startTimeUnixNano: '1700000000000000000',
      endTimeUnixNano: '1700000000001500000',
      attributes: [{ key: 'http.response.status_code', value: { intValue: '202' } }],
    }
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'ingestion' } }] }
    await fetch(`${cloud.environment['OTEL_EXPORTER_OTLP_ENDPOINT']}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
    })
    expect((await admin(cloud, `/admin/traces/${span.traceId}`)).body).toEqual({
      trace_id: span.traceId,
      spans: [
        expect.objectContaining({
          service: 'ingestion',
          name: 'upload',
          kind: 'SERVER',
          span_id: span.spanId,
          parent_span_id: null,
          links: [],
          status: 'UNSET',
          start_ms: 1.7e12,
          duration_ms: 1.5,
          attributes: { 'http.response.status_code': 202 },
        }),
      ],
    })
    expect((await admin(cloud, '/admin/traces')).body).toMatchObject({ traces: [{ trace_id: span.traceId }] })
    expect((await admin(cloud, `/admin/traces/${'0'.repeat(32)}`)).status).toBe(404)
  })

  it('forgets data on reset and keeps buckets', async () => {
    await createBucket(cloud)
    await createUser(cloud)
    await admin(cloud, '/admin/faults', { method: 'POST', body: { service: 'push', code: 500 } })
    expect((await admin(cloud, '/admin/reset', { method: 'POST' })).status).toBe(204)
    expect((await admin(cloud, '/admin/state')).body).toMatchObject({
      buckets: [{ name: 'raw', objects: 0 }],
      users: [],
      collections: [],
    })
    expect((await admin(cloud, '/admin/faults')).body).toEqual({ faults: [] })
    expect((await admin(cloud, '/admin/traces')).body).toEqual({ traces: [] })
  })

  it('answers a problem for what it does not have', async () => {
    const response = await fetch(`http://127.0.0.1:${cloud.ports.admin}/admin/none`)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 404, title: 'not found', instance: '/admin/none' })
  })
})
