import type { Health } from '@clarity/contracts'
import { raceWithSignal } from './deadline.ts'

/** A condition of readiness; it rejects while it does not hold. */
export interface ReadinessCheck {
  readonly name: string
  /** Time limit; 2 s unless told. */
  readonly timeoutMs?: number
  readonly check: (signal: AbortSignal) => Promise<unknown>
}

const DEFAULT_TIMEOUT_MS = 2000

/**
 * Health that is asked anew when an answer is older than `holdMs`, once for however many ask at the same time: routes
 * that anybody may call cost the parts behind them a call now and then.
 */
export function heldHealth(checks: readonly ReadinessCheck[], holdMs: number): () => Promise<Health> {
  let health: Promise<Health> | undefined
  let answeredAt = -Infinity
  return () => {
    if (health === undefined || performance.now() - answeredAt > holdMs) {
      answeredAt = Infinity
      health = checkReadiness(checks).finally(() => (answeredAt = performance.now()))
    }
    return health
  }
}

/** Runs all checks at once, each within its time limit; `unavailable` as soon as one does not hold. */
async function checkReadiness(checks: readonly ReadinessCheck[]): Promise<Health> {
  const results = await Promise.all(checks.map(async (check) => [check.name, await outcome(check)] as const))
  const status = results.every(([, result]) => result === 'ok') ? 'ok' : 'unavailable'
  return { status, checks: Object.fromEntries(results) }
}

async function outcome({ check, timeoutMs = DEFAULT_TIMEOUT_MS }: ReadinessCheck): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    await raceWithSignal(check(signal), signal)
    return 'ok'
  } catch {
    return signal.aborted ? 'no answer in time' : 'unavailable'
  }
}
