import { deleteApp, initializeApp } from 'firebase-admin/app'
import { type Auth, getAuth } from 'firebase-admin/auth'
import { createServiceContext } from '../service-context.ts'
import { AUTH_CONFORMANCE, type AuthUnderTest } from './conformance-table.ts'
import { type EmulatedAuth, startAuth } from './server.ts'

describe('Firebase Auth, through REST and firebase-admin', () => {
  let emulated: EmulatedAuth
  let admin: Auth
  let users = 0

  beforeAll(async () => {
    emulated = await startAuth(createServiceContext({ projectId: 'demo-clarity' }), { port: 0 })
    process.env['FIREBASE_AUTH_EMULATOR_HOST'] = `127.0.0.1:${emulated.port}`
    admin = getAuth(initializeApp({ projectId: 'demo-clarity' }, 'auth-conformance'))
  })
  afterAll(async () => {
    await deleteApp(admin.app)
    delete process.env['FIREBASE_AUTH_EMULATOR_HOST']
    await emulated[Symbol.asyncDispose]()
  })

  const origin = () => `http://127.0.0.1:${emulated.port}`

  async function post(path: string, body: unknown) {
    const response = await fetch(`${origin()}/${path}?key=test-key`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as { error?: { message: string } }
    return answer.error ? answer.error.message : (answer as Record<string, unknown>)
  }

  function authUnderTest(): AuthUnderTest {
    const email = `user-${++users}@example.com`
    return {
      admin,
      email,
      call: (operation, body) => post(`identitytoolkit.googleapis.com/v1/accounts:${operation}`, body),
      refresh: (token) =>
        post('securetoken.googleapis.com/v1/token', { grant_type: 'refresh_token', refresh_token: token }),
      async mailedCode() {
        const response = await fetch(`${origin()}/emulator/v1/projects/demo-clarity/oobCodes`)
        const { oobCodes } = (await response.json()) as { oobCodes: { email: string; oobCode: string }[] }
        return oobCodes.findLast((code) => code.email === email)?.oobCode ?? ''
      },
    }
  }

  it.each(AUTH_CONFORMANCE)('$title', async ({ run, expected }) => {
    expect(await run(authUnderTest())).toEqual(expected)
  })
})
