import { rateLimited } from '@clarity/failure'

/** At most `limit` calls of one client address in each window; more fail `rate-limited`. */
export interface RateLimit {
  readonly limit: number
  readonly windowSeconds: number
}

const MAX_CLIENTS = 10_000

/** Counts the calls of each client in fixed windows, in this process alone; the returned function fails `rate-limited`. */
export function createRateLimiter({ limit, windowSeconds }: RateLimit): (client: string) => void {
  const windowMs = windowSeconds * 1000
  let window = -1
  let calls = new Map<string, number>()
  return (client) => {
    const now = Date.now()
    const current = Math.floor(now / windowMs)
    if (current !== window || calls.size > MAX_CLIENTS) {
      window = current
      calls = new Map()
    }
    const count = (calls.get(client) ?? 0) + 1
    calls.set(client, count)
    if (count <= limit) return
    const retryAfterSeconds = ((current + 1) * windowMs - now) / 1000
    throw rateLimited({ detail: 'Too many calls from this address. Try again later.', retryAfterSeconds })
  }
}
