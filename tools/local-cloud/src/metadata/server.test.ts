import { spawn } from 'node:child_process'
import { OAuth2Client } from 'google-auth-library'
import type { EmulatedService } from '../emulated-service.ts'
import { createServiceContext } from '../service-context.ts'
import { startMetadataServer } from './server.ts'

const INGESTION = 'clarity-ingestion@demo-clarity.iam.gserviceaccount.com'
const ANALYSIS = 'clarity-analysis@demo-clarity.iam.gserviceaccount.com'
const AUDIENCE = 'http://127.0.0.1:8081'

describe('metadata server', () => {
  let server: EmulatedService
  let base: string

  beforeAll(async () => {
    const context = createServiceContext({ projectId: 'demo-clarity' })
    server = await startMetadataServer(context, { port: 0 })
    base = `http://127.0.0.1:${server.port}`
  })

  afterAll(async () => server[Symbol.asyncDispose]())

  function ask(path: string): Promise<Response> {
    return fetch(`${base}/computeMetadata/v1/${path}`, { headers: { 'metadata-flavor': 'Google' } })
  }

  function verifier(): OAuth2Client {
    return new OAuth2Client({
      transporterOptions: { fetchImplementation: fetch },
      endpoints: { oauth2FederatedSignonPemCertsUrl: `${base}/oauth2/v1/certs` },
    })
  }

  test('application default credentials find project, tokens and universe here', async () => {
    const found = await withDefaultCredentials(server.port)

    expect(found).toMatchObject({
      projectId: 'demo-clarity',
      universe: 'googleapis.com',
      authorization: expect.stringMatching(/^Bearer ya29\./),
    })
    const ticket = await verifier().verifyIdToken({ idToken: String(found['idToken']), audience: AUDIENCE })
    expect(ticket.getPayload()).toMatchObject({ email: INGESTION, aud: AUDIENCE })
  })

  test('an ID token holds all claims that Google puts in', async () => {
    const idToken = await (
      await ask(`instance/service-accounts/default/identity?audience=${AUDIENCE}&format=full`)
    ).text()
    const claims = (await verifier().verifyIdToken({ idToken, audience: AUDIENCE })).getPayload()

    expect(claims).toEqual({
      aud: AUDIENCE,
      azp: expect.stringMatching(/^1\d{20}$/),
      email: INGESTION,
      email_verified: true,
      exp: expect.any(Number),
      iat: expect.any(Number),
      iss: 'https://accounts.google.com',
      sub: claims?.azp,
    })
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(3600)
  })

  test('an account of the project is served under its e-mail, a foreign one is not', async () => {
    expect(await (await ask(`instance/service-accounts/${ANALYSIS}/email`)).text()).toBe(ANALYSIS)
    expect((await ask('instance/service-accounts/somebody@example.com/email')).status).toBe(404)
  })

  test('an access token is good for 3599 seconds', async () => {
    const answer = await ask('instance/service-accounts/default/token')

    expect(answer.headers.get('metadata-flavor')).toBe('Google')
    expect(await answer.json()).toEqual({
      access_token: expect.any(String),
      expires_in: 3599,
      token_type: 'Bearer',
    })
  })

  test.each([
    ['a path that Google does not have', 'instance/nothing', 404],
    ['a path that is not played', 'instance/attributes/cluster-name', 501],
    ['an ID token without an audience', 'instance/service-accounts/default/identity', 400],
  ])('%s is refused', async (_title, path, status) => {
    expect((await ask(path)).status).toBe(status)
  })

  test('a question without the Metadata-Flavor header is refused', async () => {
    expect((await fetch(`${base}/computeMetadata/v1/project/project-id`)).status).toBe(403)
  })

  test.each(['/oauth2/v1/certs', '/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com'])(
    '%s shows the certificates and how long they may be kept',
    async (path) => {
      const answer = await fetch(base + path)

      expect(answer.headers.get('cache-control')).toMatch(/max-age=\d+/)
      expect(Object.values((await answer.json()) as object)).toEqual([
        expect.stringContaining('BEGIN CERTIFICATE'),
      ])
    },
  )
})

/** What Google's auth library finds in a process whose metadata server is the one at `port`. */
function withDefaultCredentials(port: number): Promise<Record<string, unknown>> {
  const script = `
    const { GoogleAuth } = require('google-auth-library')
    const auth = new GoogleAuth()
    void (async () => {
      const client = await auth.getIdTokenClient('${AUDIENCE}')
      console.log(JSON.stringify({
        projectId: await auth.getProjectId(),
        universe: await auth.getUniverseDomain(),
        authorization: (await auth.getRequestHeaders()).get('authorization'),
        idToken: await client.idTokenProvider.fetchIdToken('${AUDIENCE}'),
      }))
    })()`
  const child = spawn(process.execPath, ['-e', script], {
    env: {
      GCE_METADATA_HOST: `127.0.0.1:${port}`,
      METADATA_SERVER_DETECTION: 'assume-present',
      HOME: '/nonexistent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('close', (code) =>
      code === 0 ? resolve(JSON.parse(output) as Record<string, unknown>) : reject(new Error(`exit ${code}`)),
    )
  })
}
