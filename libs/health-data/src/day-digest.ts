import { sourceKey } from './identity.ts'
import type { Sample } from './sample.ts'
import { compareText } from './settle.ts'

/**
 * Canonical text of the accepted samples of some days, for the caller to hash: equal for equal content, whatever the
 * order, the splitting and the names of the uploads that brought it.
 */
export function dayDigest(samples: readonly Sample[]): string {
  const lines = samples
    .filter((sample) => sample.verdict === 'accepted')
    .map((sample) => {
      const {
        id,
        type,
        start,
        end,
        extent,
        value,
        min,
        max,
        unit,
        timezone,
        source,
        user_entered,
        metadata,
      } = sample
      return JSON.stringify([
        [id, type, start, end, extent ?? null, value, min ?? null, max ?? null, unit, timezone, user_entered],
        [sourceKey(source), source.product],
        // Workouts and summed nights carry figures in their metadata.
        metadata === undefined ? null : Object.entries(metadata).sort(([a], [b]) => compareText(a, b)),
      ])
    })
  return lines.sort(compareText).join('\n')
}
