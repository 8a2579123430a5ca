import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Insight } from '@clarity/contracts'
import { unavailable } from '@clarity/failure'
import type { Insights, RecordStore } from '@clarity/record-store'
import type { InsightOrder } from '../domain/insight-order.ts'
import type { InsightEvents } from '../events.ts'
import type { WriteInsight } from './write-insight.ts'

export interface MakeInsightParts {
  readonly records: Pick<RecordStore, 'insights'>
  readonly writeInsight: WriteInsight
  readonly events: InsightEvents
  readonly now: () => Date
}

export type MakeInsight = (userId: string, order: InsightOrder, signal: AbortSignal) => Promise<Insight>

/** As long as a claim outlives the process that held it. */
const LEASE_SECONDS = 6
const RENEWAL_MS = 2000
const ASK_AGAIN_MS = 250

/**
 * Makes an insight once, or answers the one that stands. Whoever makes one holds the person's claim, so that of all
 * instances one asks the model for this person at a time; the others wait.
 */
export function createMakeInsight({ records, writeInsight, events, now }: MakeInsightParts): MakeInsight {
  const { insights } = records
  return async (userId, order, signal) => {
    const wanted = {
      insight_id: order.insightId,
      analysis_id: order.analysis.analysis_id,
      holder: randomUUID(),
      leaseSeconds: LEASE_SECONDS,
    }
    const claim = () => insights.claim(userId, { ...wanted, at: now().toISOString() })
    let renewal: NodeJS.Timeout | undefined
    try {
      const turn = await turnOf(claim, signal)
      if (turn.state === 'ready') return turn.insight
      // A renewal that fails costs at most a second call of the model: the insight is written once.
      renewal = setInterval(() => void claim().catch(() => undefined), RENEWAL_MS)
      const { insight, created } = await insights.createOnce(userId, await writeInsight(order, signal))
      if (created) events.insightGenerated(insight)
      return insight
    } catch (error) {
      clearInterval(renewal)
      await insights.release(userId, wanted).catch(() => undefined)
      throw error
    } finally {
      clearInterval(renewal)
    }
  }
}

type Claimed = Awaited<ReturnType<Insights['claim']>>

/** The claim, as soon as nobody else holds it. */
async function turnOf(
  claim: () => Promise<Claimed>,
  signal: AbortSignal,
): Promise<Exclude<Claimed, { state: 'busy' }>> {
  for (;;) {
    const claimed = await claim()
    if (claimed.state !== 'busy') return claimed
    if (signal.aborted) throw unavailable('Another insight of this person is being made.')
    await sleep(ASK_AGAIN_MS)
  }
}
