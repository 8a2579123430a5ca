/** Fewer weeks give no centre that one odd week could not move. */
export const DRIFT_LEAST_WEEKS = 3

export interface EmbeddingDrift {
  /** 1 − cosine similarity, 0 (same direction) to 2 (opposite); null where it is undefined. */
  readonly distance: number | null
  /** How many earlier weeks stand behind it. */
  readonly weeks: number
  /** Why there is no distance. */
  readonly reason?: string
}

/**
 * How far a week's embedding lies from the person's own earlier weeks: the cosine distance to their robust centre, the
 * median of each dimension. Embeddings of the same model alone, of weeks that share no day with each other.
 * No distance below `DRIFT_LEAST_WEEKS` weeks or where the week or the centre has no direction.
 * A description, not validated against any outcome.
 */
export function embeddingDrift(
  week: readonly number[],
  earlier: readonly (readonly number[])[],
): EmbeddingDrift {
  const weeks = earlier.length
  if (weeks < DRIFT_LEAST_WEEKS) {
    return { distance: null, weeks, reason: `needs ${DRIFT_LEAST_WEEKS} earlier weeks, there are ${weeks}` }
  }
  const centre = week.map((_, dimension) => median(earlier.map((one) => one[dimension] ?? NaN)))
  const lengths = Math.sqrt(dot(week, week) * dot(centre, centre))
  if (!(lengths > 0)) return { distance: null, weeks, reason: 'an embedding without a direction' }
  const similarity = Math.max(-1, Math.min(1, dot(week, centre) / lengths))
  return { distance: 1 - similarity, weeks }
}

function median(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b)
  const middle = ascending.length >> 1
  const upper = ascending[middle] ?? NaN
  return ascending.length % 2 === 1 ? upper : (upper + (ascending[middle - 1] ?? NaN)) / 2
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? NaN), 0)
}
