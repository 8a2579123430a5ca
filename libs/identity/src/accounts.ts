import { setTimeout as sleep } from 'node:timers/promises'
import { roleSchema } from '@clarity/contracts'
import { notFound } from '@clarity/failure'
import { type App, deleteApp, initializeApp } from 'firebase-admin/app'
import { type Auth, type UserRecord, getAuth } from 'firebase-admin/auth'
import type { Account } from './identity.ts'
import { providerUnavailable } from './identity-toolkit.ts'

/** The accounts of the project, as firebase-admin manages them with the service's own rights. */
export interface Accounts extends AsyncDisposable {
  readonly auth: Auth
  /** Null where there is no such account. */
  find(userId: string): Promise<UserRecord | null>
  /** Runs one administrative call within the time limit; a missing account fails `not-found`. */
  call<T>(work: Promise<T>): Promise<T>
}

let created = 0

/** Accounts through an application of its own, so that several can live in one process. */
export function createAccounts(projectId: string, timeoutMs: number): Accounts {
  created += 1
  const app: App = initializeApp({ projectId }, `clarity-${created}`)
  const auth = getAuth(app)
  const call = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await within(timeoutMs, work)
    } catch (error) {
      throw isUserNotFound(error) ? notFound('There is no such account.') : providerUnavailable(error)
    }
  }
  return {
    auth,
    call,
    async find(userId) {
      const found = auth.getUser(userId).catch((error: unknown) => {
        if (isUserNotFound(error)) return null
        throw error
      })
      return call(found)
    },
    [Symbol.asyncDispose]: () => deleteApp(app),
  }
}

/** The account in our words; a role that we do not know counts as `patient`. */
export function accountOf(user: UserRecord): Account {
  return {
    userId: user.uid,
    email: user.email ?? '',
    emailVerified: user.emailVerified,
    displayName: user.displayName ?? null,
    role: roleSchema.catch('patient').parse(user.customClaims?.role),
    disabled: user.disabled,
    createdAt: new Date(user.metadata.creationTime).toISOString(),
  }
}

/**
 * Waits for the next full second. Sign-in times and revocations count in whole seconds: a token of the second in
 * which its user signs out would otherwise outlive the revocation, or one of the next sign-in would fall with it.
 */
export async function nextFullSecond(): Promise<void> {
  await sleep(1000 - (Date.now() % 1000) + 1)
}

function isUserNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'auth/user-not-found'
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const limit = new AbortController()
  const timeout = sleep(ms, undefined, { signal: limit.signal }).then(() => {
    throw new Error('no answer in time')
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    limit.abort()
    timeout.catch(() => undefined)
  }
}
