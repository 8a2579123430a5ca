import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OAuth2Client } from 'google-auth-library'
import { openDatabase } from '../database.ts'
import { createTokenIssuer, type TokenIssuer } from './token-issuer.ts'

const AUDIENCE = 'https://analysis.example'

function pushClaims(): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  return { aud: AUDIENCE, iss: 'https://accounts.google.com', sub: '1', iat: now, exp: now + 3600 }
}

describe('token issuer', () => {
  let server: Server
  let issuer: TokenIssuer
  let verifier: OAuth2Client

  beforeAll(async () => {
    issuer = createTokenIssuer(openDatabase(':memory:'))
    server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(issuer.certificates()))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    verifier = new OAuth2Client({
      transporterOptions: { fetchImplementation: fetch },
      endpoints: { oauth2FederatedSignonPemCertsUrl: `http://127.0.0.1:${port}/oauth2/v1/certs` },
    })
  })

  afterAll(() => void server.close())

  test("Google's auth library accepts a token of the issuer's key", async () => {
    const ticket = await verifier.verifyIdToken({ idToken: issuer.sign(pushClaims()), audience: AUDIENCE })

    expect(ticket.getPayload()).toMatchObject({ aud: AUDIENCE, sub: '1' })
  })

  test("Google's auth library refuses a token of the foreign key", async () => {
    const idToken = issuer.sign(pushClaims(), 'foreign')

    await expect(verifier.verifyIdToken({ idToken, audience: AUDIENCE })).rejects.toThrow(/signature/)
  })

  test('the certificate is self-signed, in force, and its fingerprint is the key id', () => {
    const [[kid, pem] = []] = Object.entries(issuer.certificates())
    const certificate = new X509Certificate(pem ?? '')

    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.subject).toBe('CN=local-cloud-issuer')
    expect(certificate.validFromDate.getTime()).toBeLessThan(Date.now())
    expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now())
    expect(certificate.fingerprint.replaceAll(':', '').toLowerCase()).toBe(kid)
  })

  test('the key outlives a restart on the same database file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'local-cloud-'))
    const path = join(folder, 'state.sqlite')
    const first = openDatabase(path)
    const before = createTokenIssuer(first).certificates()
    first.close()
    const second = openDatabase(path)
    const after = createTokenIssuer(second).certificates()
    second.close()
    rmSync(folder, { recursive: true })

    expect(after).toEqual(before)
  })
})
