import { finite } from './statistics.ts'

/**
 * Probability, if two groups came from one distribution, of rank sums at least as far apart as theirs: the exact
 * two-sided Wilcoxon–Mann–Whitney test.
 *
 *   p = P(|W − E W| ≥ |w − E W|),  W the sum of the mid-ranks of one group over all equally likely choices of it
 *
 * Ties get mid-ranks, and the distribution is that of the ranks as they are. No shape and no spread is assumed;
 * the values are taken as independent. In 0..1; 1 for groups that are all equal; `null` where a group is empty.
 * The cost grows with the product of both sizes and the sum of ranks: meant for some dozens of values.
 * Source: Wilcoxon 1945, Biometrics Bull 1:80–83; Mann & Whitney 1947, Ann Math Stat 18:50–60.
 */
export function rankSumProbability(one: readonly number[], other: readonly number[]): number | null {
  const groups = [finite(one), finite(other)].sort((a, b) => a.length - b.length)
  const [small = [], large = []] = groups
  if (small.length === 0) return null
  const ranks = doubledRanks([...small, ...large])
  const sum = ranks.slice(0, small.length).reduce((total, rank) => total + rank, 0)
  const expected = small.length * (ranks.length + 1)
  const counts = sumsOfChoices(ranks, small.length)
  let extreme = 0
  let all = 0
  for (const [total, count] of counts.entries()) {
    all += count
    if (Math.abs(total - expected) >= Math.abs(sum - expected)) extreme += count
  }
  return extreme / all
}

/** Twice the mid-rank of each value: whole numbers, whatever the ties. */
function doubledRanks(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  return values.map((value) => sorted.indexOf(value) + sorted.lastIndexOf(value) + 2)
}

/** In how many ways `size` of the ranks add up to each sum. */
function sumsOfChoices(ranks: readonly number[], size: number): Float64Array {
  const largest = ranks.reduce((total, rank) => total + rank, 0)
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1))
  ways[0]![0] = 1
  for (const rank of ranks) {
    for (let chosen = size; chosen > 0; chosen -= 1) {
      const [into, from] = [ways[chosen]!, ways[chosen - 1]!]
      for (let total = rank; total <= largest; total += 1) into[total]! += from[total - rank]!
    }
  }
  return ways[size]!
}
