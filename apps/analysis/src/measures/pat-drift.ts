import type { Measure } from '@clarity/health-data'
import { embeddingDrift } from '@clarity/pat-model'
import type { EmbeddedWeek } from '@clarity/record-store'

/** More weeks would compare a person with somebody they were long ago. */
const MOST_WEEKS = 8
/** How many windows are looked at for them: a year of weeks that cannot be compared is not read through. */
const MOST_WINDOWS = 16

/** The analyses of the newest window that ends before a civil date. */
export type LastWeekBefore = (date: string) => Promise<readonly EmbeddedWeek[]>

interface ComparedWeek {
  readonly start: string
  readonly modelSha256: string
  readonly standardisation: string
}

/**
 * The earlier weeks that a week beginning on `start` is compared with, newest first: embedded by the same model
 * after the same standardisation, none sharing a day with another or with the week itself; of several analyses of the
 * same days the newest. What was sent to be analysed by itself is none of them: it need not be of this person's days.
 */
export async function earlierWeeks(
  lastWeekBefore: LastWeekBefore,
  { start, modelSha256, standardisation }: ComparedWeek,
): Promise<EmbeddedWeek[]> {
  const isComparable = ({ upload_ids, pat }: EmbeddedWeek): boolean =>
    upload_ids.length > 0 &&
    pat.embedding !== null &&
    pat.model.sha256 === modelSha256 &&
    pat.standardisation === standardisation
  const chosen: EmbeddedWeek[] = []
  let before = start
  for (let windows = 0; windows < MOST_WINDOWS && chosen.length < MOST_WEEKS; windows += 1) {
    const analyses = await lastWeekBefore(before)
    const [last] = analyses
    if (last === undefined) break
    const newest = analyses
      .filter(isComparable)
      .toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
      .at(0)
    if (newest) chosen.push(newest)
    before = newest ? newest.window.start : last.window.end
  }
  return chosen
}

/** How far the week's embedding lies from those of earlier weeks; the method says how many there were. */
export function driftMeasure(embedding: readonly number[], earlier: readonly EmbeddedWeek[]): Measure {
  const past = earlier.flatMap(({ pat }) => (pat.embedding === null ? [] : [pat.embedding]))
  const { distance, weeks, reason } = embeddingDrift(embedding, past)
  const counted = weeks === 1 ? '1 earlier week' : `${weeks} earlier weeks`
  return {
    value: distance,
    unit: 'cosine distance (0 to 2)',
    method: `1 − cosine similarity to the median embedding of ${counted} of the person, same model and standardisation, no day shared; not validated`,
    ...(reason !== undefined && { reason }),
  }
}
