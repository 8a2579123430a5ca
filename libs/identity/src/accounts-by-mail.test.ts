import { type TestCloud, PROJECT_ID, outcome, startTestCloud } from '../tests/cloud.ts'
import { createFirebaseIdentity } from './firebase-identity.ts'
import type { Identity } from './identity.ts'

const password = 'correct horse'

describe('by mail', () => {
  let cloud: TestCloud
  let identity: Identity
  beforeAll(async () => {
    cloud = await startTestCloud()
    identity = createFirebaseIdentity({
      projectId: PROJECT_ID,
      apiKey: 'local',
      certsUrl: cloud.environment.FIREBASE_CERTS_URL ?? '',
      emulatorHost: cloud.environment.FIREBASE_AUTH_EMULATOR_HOST,
    })
  })
  afterAll(async () => {
    await identity[Symbol.asyncDispose]()
    await cloud[Symbol.asyncDispose]()
  })

  /** The newest code that was mailed to this address. */
  const mailedTo = async (email: string): Promise<string | undefined> => {
    const host = cloud.environment.FIREBASE_AUTH_EMULATOR_HOST
    const response = await fetch(`http://${host}/emulator/v1/projects/${PROJECT_ID}/oobCodes`)
    const { oobCodes } = (await response.json()) as { oobCodes: { email: string; oobCode: string }[] }
    return oobCodes.findLast((code) => code.email === email)?.oobCode
  }

  it('an address is verified by the code sent to it, once', async () => {
    const email = 'verified@example.org'
    const { userId, tokens } = await identity.register({ email, password })
    await identity.sendVerification(tokens.id_token)
    const code = (await mailedTo(email)) as string
    await identity.confirmEmail(code)
    expect(await identity.getUser(userId)).toMatchObject({ emailVerified: true })
    expect(await identity.verify(tokens.id_token)).toMatchObject({ emailVerified: true })
    expect(await outcome(identity.confirmEmail(code))).toBe('invalid invalid-code')
  })

  it('a new password is set, and what was signed in before is refused', async () => {
    const email = 'forgetful@example.org'
    const { tokens } = await identity.register({ email, password })
    await identity.sendPasswordReset(email)
    const code = (await mailedTo(email)) as string
    await identity.resetPassword(code, 'another horse')
    expect(await outcome(identity.refresh(tokens.refresh_token))).toBe('unauthenticated invalid-token')
    expect(await outcome(identity.login({ email, password }))).toBe('unauthenticated wrong-credentials')
    expect(await outcome(identity.login({ email, password: 'another horse' }))).toBe('done')
    expect(await outcome(identity.resetPassword(code, 'third horse'))).toBe('invalid invalid-code')
  })

  it('nothing is told of an address without an account, and nothing is sent there', async () => {
    expect(await outcome(identity.sendPasswordReset('nobody@example.org'))).toBe('done')
    expect(await mailedTo('nobody@example.org')).toBeUndefined()
  })

  it('a code of one kind is none of the other', async () => {
    const email = 'mixed@example.org'
    const { tokens } = await identity.register({ email, password })
    await identity.sendVerification(tokens.id_token)
    const code = (await mailedTo(email)) as string
    expect(await outcome(identity.resetPassword(code, 'another horse'))).toBe('invalid invalid-code')
    expect(await outcome(identity.confirmEmail('made up'))).toBe('invalid invalid-code')
  })
})
