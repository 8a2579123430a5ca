import type { Sample } from '@clarity/health-data'
import type { DayOutline } from '@clarity/record-store'

/** When the accepted samples that start on a civil day lie, as epoch ms. */
export interface DaySpan {
  /** Start of the first. */
  readonly from: number
  /** Start of the last. */
  readonly latest: number
  /** The latest end. */
  readonly to: number
}

/** The span of samples; null where none is accepted. */
export function spanOf(samples: readonly Sample[]): DaySpan | null {
  let [from, latest, to] = [Infinity, -Infinity, -Infinity]
  for (const { verdict, start, end } of samples) {
    if (verdict !== 'accepted') continue
    from = Math.min(from, start)
    latest = Math.max(latest, start)
    to = Math.max(to, end)
  }
  return from === Infinity ? null : { from, latest, to }
}

/** The span that was stored with a day; undefined where it is not known. */
export function daySpan({ details }: Pick<DayOutline, 'details'>): DaySpan | null | undefined {
  return details?.span as DaySpan | null | undefined
}
