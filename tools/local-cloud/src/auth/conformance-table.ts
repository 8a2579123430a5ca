import type { Auth } from 'firebase-admin/auth'

type Json = Record<string, unknown>

/** What a case works with: the REST API as a client calls it, and firebase-admin, on an account of its own. */
export interface AuthUnderTest {
  readonly admin: Auth
  readonly email: string
  /** Calls `accounts:<operation>`; answers the body, or the error's code. */
  call(operation: string, body: Json): Promise<Json | string>
  /** Exchanges a refresh token; answers the body, or the error's code. */
  refresh(token: unknown): Promise<Json | string>
  /** The newest code that was mailed to the address. */
  mailedCode(): Promise<string>
}

/** One fact about Firebase Auth, as a REST client and firebase-admin see it. */
export interface ConformanceCase {
  readonly title: string
  run(auth: AuthUnderTest): Promise<unknown>
  readonly expected: unknown
}

const PASSWORD = 'correct horse'

async function signUp({ call, email }: AuthUnderTest) {
  const answer = await call('signUp', { email, password: PASSWORD, returnSecureToken: true })
  return answer as { localId: string; idToken: string; refreshToken: string; expiresIn: string }
}

const signIn = ({ call, email }: AuthUnderTest, password = PASSWORD) =>
  call('signInWithPassword', { email, password, returnSecureToken: true })

/** The code of an error, or `done`. */
const outcome = (answer: Json | string) => (typeof answer === 'string' ? answer : 'done')

function claimsOf(token: unknown): Json {
  return JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Json
}

const adminCode = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )

const SIGN_IN: ConformanceCase[] = [
  {
    title: 'a sign-up answers tokens that name the user, as Google writes them',
    async run(auth) {
      const { localId, idToken, refreshToken, expiresIn } = await signUp(auth)
      const claims = claimsOf(idToken)
      return [
        claims['sub'] === localId && claims['user_id'] === localId,
        claims['email'] === auth.email,
        [claims['iss'], claims['aud'], claims['email_verified']],
        Number(claims['exp']) - Number(claims['iat']),
        (claims['firebase'] as Json)['sign_in_provider'],
        [typeof refreshToken, expiresIn],
      ]
    },
    expected: [
      true,
      true,
      ['https://securetoken.google.com/demo-clarity', 'demo-clarity', false],
      3600,
      'password',
      ['string', '3600'],
    ],
  },
  {
    title: 'a mail address is taken once, whatever its case',
    async run(auth) {
      await signUp(auth)
      return auth.call('signUp', { email: auth.email.toUpperCase(), password: PASSWORD })
    },
    expected: 'EMAIL_EXISTS',
  },
  {
    title: 'bad sign-ups are refused by name',
    run: async ({ call, email }) => [
      await call('signUp', { email, password: 'short' }),
      await call('signUp', { email: 'no-address', password: PASSWORD }),
      await call('signUp', { email }),
    ],
    expected: [
      'WEAK_PASSWORD : Password should be at least 6 characters',
      'INVALID_EMAIL',
      'MISSING_PASSWORD',
    ],
  },
  {
    title: 'a wrong password and an unknown mail answer the same',
    async run(auth) {
      await signUp(auth)
      return [
        outcome(await signIn(auth)),
        await signIn(auth, 'wrong'),
        await signIn({ ...auth, email: `no-${auth.email}` }),
      ]
    },
    expected: ['done', 'INVALID_LOGIN_CREDENTIALS', 'INVALID_LOGIN_CREDENTIALS'],
  },
  {
    title: 'a refresh token brings a new ID token of the same sign-in',
    async run(auth) {
      const { idToken, refreshToken, localId } = await signUp(auth)
      const answer = (await auth.refresh(refreshToken)) as Json
      return [
        claimsOf(answer['id_token'])['auth_time'] === claimsOf(idToken)['auth_time'],
        answer['user_id'] === localId,
        [answer['expires_in'], answer['token_type'], answer['project_id']],
        await auth.refresh('made-up'),
      ]
    },
    expected: [true, true, ['3600', 'Bearer', 'demo-clarity'], 'INVALID_REFRESH_TOKEN'],
  },
  {
    title: 'a user looks themselves up and never sees a hash',
    async run(auth) {
      const { idToken } = await signUp(auth)
      const answer = (await auth.call('lookup', { idToken })) as { users: Json[] }
      const [user] = answer.users
      return [
        user?.['email'] === auth.email,
        user?.['passwordHash'],
        await auth.call('lookup', { idToken: 'x' }),
      ]
    },
    expected: [true, undefined, 'INVALID_ID_TOKEN'],
  },
  {
    title: 'a user changes name and password, and deletes the account',
    async run(auth) {
      const { idToken } = await signUp(auth)
      const named = (await auth.call('update', { idToken, displayName: 'Ada' })) as Json
      const changed = await auth.call('update', { idToken, password: 'new secret', returnSecureToken: true })
      const next = (changed as Json)['idToken']
      return [
        named['displayName'],
        claimsOf(next)['name'],
        await signIn(auth),
        outcome(await auth.call('delete', { idToken: next })),
        await signIn(auth, 'new secret'),
      ]
    },
    expected: ['Ada', 'Ada', 'INVALID_LOGIN_CREDENTIALS', 'done', 'INVALID_LOGIN_CREDENTIALS'],
  },
  {
    title: 'a user may not change what only an administrator may',
    async run(auth) {
      const { idToken } = await signUp(auth)
      return auth.call('update', { idToken, customAttributes: '{"role":"admin"}' })
    },
    expected: 'INSUFFICIENT_PERMISSION',
  },
]

const ADMIN: ConformanceCase[] = [
  {
    title: 'an administrator creates, reads, lists and deletes users',
    async run({ admin, email }) {
      const { uid } = await admin.createUser({ email, password: PASSWORD, displayName: 'Ada' })
      const byEmail = await admin.getUserByEmail(email)
      const listed = (await admin.listUsers(1000)).users.some((user) => user.uid === uid)
      await admin.deleteUser(uid)
      return [
        byEmail.uid === uid,
        byEmail.displayName,
        byEmail.emailVerified,
        listed,
        await adminCode(admin.getUser(uid)),
        await adminCode(admin.deleteUser(uid)),
      ]
    },
    expected: [true, 'Ada', false, true, 'auth/user-not-found', 'auth/user-not-found'],
  },
  {
    title: 'a user who was created by an administrator signs in',
    async run(auth) {
      await auth.admin.createUser({ uid: `uid-${auth.email}`, email: auth.email, password: PASSWORD })
      const twice = await adminCode(auth.admin.createUser({ email: auth.email }))
      return [outcome(await signIn(auth)), twice]
    },
    expected: ['done', 'auth/email-already-exists'],
  },
  {
    title: 'custom claims are in the tokens from the next refresh on',
    async run(auth) {
      const { localId, refreshToken } = await signUp(auth)
      await auth.admin.setCustomUserClaims(localId, { role: 'clinician' })
      const answer = (await auth.refresh(refreshToken)) as Json
      const { customClaims } = await auth.admin.getUser(localId)
      return [claimsOf(answer['id_token'])['role'], customClaims]
    },
    expected: ['clinician', { role: 'clinician' }],
  },
  {
    title: 'a disabled user neither signs in nor refreshes nor is looked up',
    async run(auth) {
      const { localId, idToken, refreshToken } = await signUp(auth)
      await auth.admin.updateUser(localId, { disabled: true })
      const refused = [
        await signIn(auth),
        await auth.refresh(refreshToken),
        await auth.call('lookup', { idToken }),
      ]
      await auth.admin.updateUser(localId, { disabled: false })
      return [refused, outcome(await signIn(auth))]
    },
    expected: [['USER_DISABLED', 'USER_DISABLED', 'USER_DISABLED'], 'done'],
  },
  {
    title: 'revocation ends refresh tokens held so far, and a new sign-in works at once',
    async run(auth) {
      const { localId, refreshToken } = await signUp(auth)
      await auth.admin.revokeRefreshTokens(localId)
      const again = (await signIn(auth)) as Json
      const { tokensValidAfterTime } = await auth.admin.getUser(localId)
      return [
        await auth.refresh(refreshToken),
        outcome(await auth.refresh(again['refreshToken'])),
        typeof tokensValidAfterTime,
      ]
    },
    expected: ['TOKEN_EXPIRED', 'done', 'string'],
  },
  {
    title: 'claims that belong to the token itself are refused',
    async run(auth) {
      const { localId } = await signUp(auth)
      return [
        await adminCode(auth.admin.setCustomUserClaims(localId, { note: 'x'.repeat(1001) })),
        await adminCode(auth.admin.updateUser(localId, { phoneNumber: '+15555550100' })),
      ]
    },
    expected: ['auth/claims-too-large', 'auth/internal-error'],
  },
]

const MAILS: ConformanceCase[] = [
  {
    title: 'a password is reset once with the code that was mailed',
    async run(auth) {
      await signUp(auth)
      await auth.call('sendOobCode', { requestType: 'PASSWORD_RESET', email: auth.email })
      const oobCode = await auth.mailedCode()
      const looked = (await auth.call('resetPassword', { oobCode })) as Json
      const reset = await auth.call('resetPassword', { oobCode, newPassword: 'new secret' })
      const again = await auth.call('resetPassword', { oobCode, newPassword: 'other secret' })
      return [looked['requestType'], outcome(reset), again, outcome(await signIn(auth, 'new secret'))]
    },
    expected: ['PASSWORD_RESET', 'done', 'INVALID_OOB_CODE', 'done'],
  },
  {
    title: 'a mail address is verified with the code that was mailed',
    async run(auth) {
      const { idToken, localId } = await signUp(auth)
      await auth.call('sendOobCode', { requestType: 'VERIFY_EMAIL', idToken })
      const answer = (await auth.call('update', { oobCode: await auth.mailedCode() })) as Json
      return [answer['emailVerified'], (await auth.admin.getUser(localId)).emailVerified]
    },
    expected: [true, true],
  },
  {
    title: 'a reset for an unknown mail answers as for a known one',
    run: async ({ call, email }) =>
      outcome(await call('sendOobCode', { requestType: 'PASSWORD_RESET', email: `no-${email}` })),
    expected: 'done',
  },
]

export const AUTH_CONFORMANCE: readonly ConformanceCase[] = [...SIGN_IN, ...ADMIN, ...MAILS]
