import { unavailable } from '@clarity/failure'
import { z } from 'zod'

/** Key id → PEM certificate. */
export type Certificates = Readonly<Record<string, string>>

const DEFAULT_MAX_AGE_SECONDS = 300
/** A token with an unknown key asks for fresh certificates at most this often, so that forged ones cannot cause a flood. */
const MIN_REFETCH_MS = 10_000

/**
 * The issuer's certificates, fetched when needed and kept for the `max-age` they are served with. An unknown key id
 * fetches them anew, since keys rotate. Fails `unavailable` when they cannot be fetched in time.
 */
export function createCertificates(url: string, timeoutMs: number): (keyId: string) => Promise<Certificates> {
  let kept: { certificates: Certificates; fetchedAt: number; expiresAt: number } | undefined
  return async (keyId) => {
    const now = Date.now()
    const known = kept !== undefined && Object.hasOwn(kept.certificates, keyId)
    if (kept !== undefined && now < kept.expiresAt && (known || now < kept.fetchedAt + MIN_REFETCH_MS)) {
      return kept.certificates
    }
    const { certificates, maxAgeSeconds } = await fetchCertificates(url, timeoutMs)
    kept = { certificates, fetchedAt: now, expiresAt: now + maxAgeSeconds * 1000 }
    return certificates
  }
}

async function fetchCertificates(url: string, timeoutMs: number) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new Error(`status ${response.status}`)
    const certificates = z.record(z.string(), z.string()).parse(await response.json())
    const maxAge = /max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1]
    return { certificates, maxAgeSeconds: Number(maxAge ?? DEFAULT_MAX_AGE_SECONDS) }
  } catch (error) {
    const detail = 'The certificates of the token issuer cannot be read.'
    throw unavailable({ code: 'certificates-unavailable', detail }, error)
  }
}
