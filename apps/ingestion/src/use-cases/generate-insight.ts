import { setTimeout as sleep } from 'node:timers/promises'
import type { GenerateInsight as Wanted } from '@clarity/contracts'
import type { ServiceAnswer, ServiceClient } from '@clarity/identity'

/** The insight (200), or its id while it is being made (202). */
export type GenerateInsight = (userId: string, wanted: Wanted, signal: AbortSignal) => Promise<ServiceAnswer>

/** A person waits so long for an insight to be made, and then is told its id. */
const PATIENCE_MS = 6000
/** As long as the insight service gives itself. */
const MAKING_MS = 115_000

/**
 * Asks the insight service for an insight: first what it is called and whether it is there, then to make it. The second
 * call goes on after the person is answered, because that service works only while it is being called.
 */
export function generateInsight(insight: ServiceClient): GenerateInsight {
  return async (userId, wanted, signal) => {
    const asked = { method: 'POST', body: { ...wanted, user_id: userId } } as const
    const known = await insight.call({ ...asked, path: '/internal/insights?wait=false', signal })
    if (known.status === 200) return known
    const made = insight.call({ ...asked, path: '/internal/insights', timeoutMs: MAKING_MS })
    return Promise.race([made, sleep(PATIENCE_MS, known, { ref: false })])
  }
}
