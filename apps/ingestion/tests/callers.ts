import { type Ingestion, type Person, projectId } from './ingestion-on-local-cloud.ts'

/** Everybody who may knock: four roles and a stranger with good tokens, and those with none or a bad one. */
export const GOOD_CALLERS = ['owner', 'stranger', 'clinician', 'researcher', 'admin'] as const
export const BAD_CALLERS = [
  'nobody',
  'expired',
  'revoked',
  'disabled',
  'deleted',
  'forged',
  'foreign project',
] as const
export type CallerName = (typeof GOOD_CALLERS)[number] | (typeof BAD_CALLERS)[number]

export interface KnownCaller extends Person {
  /** As the caller sends it: of the role, or spoiled in the way that the name says. */
  readonly bearer: string | undefined
}

/** New people, one for each name. The owner is a patient, and so is the stranger. */
export async function createCallers(ingestion: Ingestion): Promise<Record<CallerName, KnownCaller>> {
  const made = await Promise.all(
    [...GOOD_CALLERS, ...BAD_CALLERS].map(async (name) => {
      const person = await ingestion.person()
      return [name, { ...person, bearer: await bearerOf(name, person, ingestion) }] as const
    }),
  )
  return Object.fromEntries(made) as Record<CallerName, KnownCaller>
}

async function bearerOf(name: CallerName, person: Person, ingestion: Ingestion): Promise<string | undefined> {
  const now = Math.floor(Date.now() / 1000)
  switch (name) {
    case 'owner':
    case 'stranger':
      return person.token
    case 'clinician':
    case 'researcher':
    case 'admin':
      return mint(ingestion, { sub: person.userId, role: name })
    case 'nobody':
      return undefined
    case 'expired':
      return mint(ingestion, { sub: person.userId, auth_time: now - 7200, iat: now - 7200, exp: now - 3600 })
    case 'revoked':
      await ingestion.call('POST', '/api/v1/auth/logout', { token: person.token })
      return person.token
    case 'disabled':
      await changeAccount(ingestion, { localId: person.userId, disableUser: true })
      return person.token
    case 'deleted':
      return mint(ingestion, { sub: 'nobody-any-more' })
    case 'forged':
      return mint(ingestion, { sub: person.userId, role: 'admin' }, 'foreign')
    case 'foreign project':
      return mint(ingestion, {
        sub: person.userId,
        aud: 'another',
        iss: 'https://securetoken.google.com/another',
      })
  }
}

/** A token that the issuer signs, or one who is not. */
export async function mint(
  ingestion: Ingestion,
  claims: object,
  key: 'good' | 'foreign' = 'good',
): Promise<string> {
  const { body } = await ingestion.admin('POST', '/admin/tokens', { kind: 'firebase', claims, key })
  return body.token
}

async function changeAccount(ingestion: Ingestion, change: object): Promise<void> {
  const host = ingestion.cloud.environment.FIREBASE_AUTH_EMULATOR_HOST
  await fetch(`http://${host}/identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts:update`, {
    method: 'POST',
    headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
}
