import type { Analysis } from '@clarity/contracts'
import type { Measure } from '@clarity/health-data'
import { embeddingDrift } from '@clarity/pat-model'

/** More weeks would compare a person with somebody they were long ago. */
const MOST_WEEKS = 8
/** How many of the newest analyses are searched for earlier weeks. */
export const ANALYSES_SEARCHED = 200

/**
 * The earlier weeks that a week beginning on `start` is compared with, newest first: embedded by the same model
 * after the same standardisation, none sharing a day with another or with the week itself; of several analyses of the same days the newest. What was sent to
 * be analysed by itself is none of them: it need not be of this person's days.
 */
export function earlierWeeks(
  analyses: readonly Analysis[],
  { start, modelSha256, standardisation }: { start: string; modelSha256: string; standardisation: string },
): Analysis[] {
  const newestFirst = analyses
    .filter(({ upload_ids }) => upload_ids.length > 0)
    .filter(({ pat }) => pat.embedding !== null && pat.model.sha256 === modelSha256)
    .filter(({ pat }) => pat.standardisation === standardisation)
    .toSorted((a, b) => compare(b.window.end, a.window.end) || compare(b.created_at, a.created_at))
  const chosen: Analysis[] = []
  for (const analysis of newestFirst) {
    const before = chosen.at(-1)?.window.start ?? start
    if (analysis.window.end < before && chosen.length < MOST_WEEKS) chosen.push(analysis)
  }
  return chosen
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** How far the week's embedding lies from those of earlier weeks; the method says how many there were. */
export function driftMeasure(embedding: readonly number[], earlier: readonly Analysis[]): Measure {
  const past = earlier.flatMap(({ pat }) => (pat.embedding === null ? [] : [pat.embedding]))
  const { distance, weeks, reason } = embeddingDrift(embedding, past)
  const counted = weeks === 1 ? '1 earlier week' : `${weeks} earlier weeks`
  return {
    value: distance,
    unit: 'cosine distance (0 to 2)',
    method: `1 − cosine similarity to the median embedding of ${counted} of the person, same model, no day shared; not validated`,
    ...(reason !== undefined && { reason }),
  }
}
