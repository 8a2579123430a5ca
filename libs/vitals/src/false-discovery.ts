/**
 * Adjusted p values (q), in the order given: q ≤ α for the tests that stand when the expected share of false ones
 * among them shall be at most α.
 *
 *   q_(i) = min over j ≥ i of min(1, m p_(j) / j),  p_(1) ≤ … ≤ p_(m)
 *
 * In 0..1 and never below p. It holds for independent and for positively dependent tests. Empty of nothing.
 * Source: Benjamini & Hochberg 1995, J R Stat Soc B 57:289–300; Benjamini & Yekutieli 2001, Ann Stat 29:1165–1188.
 */
export function falseDiscoveryRates(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, index) => index).sort((a, b) => probabilities[b]! - probabilities[a]!)
  const adjusted: number[] = new Array<number>(probabilities.length).fill(1)
  let least = 1
  for (const [place, index] of order.entries()) {
    const rank = probabilities.length - place
    least = Math.min(least, (probabilities.length * probabilities[index]!) / rank)
    adjusted[index] = least
  }
  return adjusted
}
