import { setTimeout as sleep } from 'node:timers/promises'
import { type Role, roleSchema } from '@clarity/contracts'
import { notFound } from '@clarity/failure'
import { type App, deleteApp, initializeApp } from 'firebase-admin/app'
import { type Auth, type UserRecord, getAuth } from 'firebase-admin/auth'
import type { Account } from './identity.ts'
import { providerUnavailable } from './provider-failure.ts'

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

/** The account in our words. */
export function accountOf(user: UserRecord): Account {
  return {
    userId: user.uid,
    email: user.email ?? '',
    emailVerified: user.emailVerified,
    displayName: user.displayName ?? null,
    role: roleNamed(user.customClaims?.role),
    disabled: user.disabled,
    createdAt: new Date(user.metadata.creationTime).toISOString(),
  }
}

/** The role that a claim names; what we do not know counts as `patient`. */
function roleNamed(claim: unknown): Role {
  return roleSchema.catch('patient').parse(claim)
}

/** The claims of an account whose role changes now; tokens of up to that second carry one that holds no longer. */
export function roleClaims({ customClaims }: UserRecord, role: Role): object {
  return { ...customClaims, role, role_since: Math.floor(Date.now() / 1000) }
}

/**
 * The role of whoever holds a token: its own claim, unless the account's role changed in the second in which it was
 * issued or later, or it carries none; then the account's.
 */
export function roleOf(token: { readonly role?: unknown; readonly iat?: number }, user: UserRecord): Role {
  const since: unknown = user.customClaims?.role_since
  const isOlder = typeof since === 'number' && (token.iat ?? 0) <= since
  return roleNamed(isOlder || token.role === undefined ? user.customClaims?.role : token.role)
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
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('no answer in time')), ms)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
