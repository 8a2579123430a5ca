import { idTokenClaims } from '../issuer/id-token.ts'

const HOUR_SECONDS = 3600

/**
 * The claims of a token for tests: those that Google puts into this kind of token, with `claims` over them.
 *
 * `push` is what Pub/Sub signs a push with, `id` an ID token of a service account, `firebase` a user's ID token.
 */
export function tokenClaims(
  kind: 'push' | 'id' | 'firebase',
  claims: Readonly<Record<string, unknown>>,
  projectId: string,
): Record<string, unknown> {
  const merged = { ...defaultClaims(kind, claims, projectId), ...claims }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
}

function defaultClaims(
  kind: 'push' | 'id' | 'firebase',
  claims: Readonly<Record<string, unknown>>,
  projectId: string,
): Record<string, unknown> {
  if (kind === 'firebase') return firebaseClaims(claims, projectId)
  const account = kind === 'push' ? 'clarity-push-analysis' : 'clarity-ingestion'
  const audience = 'http://127.0.0.1:8081'
  const email = claims['email'] ?? `${account}@${projectId}.iam.gserviceaccount.com`
  return idTokenClaims({ email: String(email), audience })
}

function firebaseClaims(claims: Readonly<Record<string, unknown>>, projectId: string) {
  const now = Math.floor(Date.now() / 1000)
  const userId = claims['sub'] ?? claims['user_id'] ?? 'test-user'
  const email = claims['email'] ?? 'test-user@example.com'
  return {
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    auth_time: now,
    user_id: userId,
    sub: userId,
    iat: now,
    exp: now + HOUR_SECONDS,
    email,
    email_verified: false,
    firebase: { identities: { email: [email] }, sign_in_provider: 'password' },
  }
}
