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

/** Runs all checks at once, each within its time limit; `unavailable` as soon as one does not hold. */
export async function checkReadiness(checks: readonly ReadinessCheck[]): Promise<Health> {
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
