import { baselineOf, robustZ } from './baseline.ts'
import { falseDiscoveryRates } from './false-discovery.ts'
import { rankSumProbability } from './rank-sum.ts'
import { finite, median } from './statistics.ts'

const LEAST_WINDOW_DAYS = 3
/** Expected share of false ones among the measures that stand out. */
const FALSE_DISCOVERY_RATE = 0.05
/** What lies within the person's own spread from day to day does not stand out, however sure it is. */
const LEAST_Z = 1

/** The daily values of one measure within the window, and on the baseline days before it. */
export interface Comparison {
  readonly measure: string
  readonly unit: string
  readonly window: readonly number[]
  readonly baseline: readonly number[]
}

/** How the window's median day differs from the person's own baseline. */
export interface Deviation {
  readonly measure: string
  readonly unit: string
  readonly window_median: number | null
  readonly window_days: number
  readonly baseline_median: number | null
  readonly baseline_spread: number | null
  readonly baseline_days: number
  readonly difference: number | null
  /** The difference in robust standard deviations of the baseline days. */
  readonly z: number | null
  /** Two-sided, of the exact rank-sum test of the window's days against the baseline days. */
  readonly p: number | null
  /** p after Benjamini–Hochberg over all measures that were tested. */
  readonly q: number | null
  readonly stands_out: boolean
  /** Why z, or all of it, is null. */
  readonly reason?: string
}

/**
 * What stands out across all measures, against nobody but the person: each measure's window days are compared with
 * its baseline days, and the list is in the order of how far they lie apart.
 *
 * Rule: a measure is tested where three window days and seven baseline days have it (exact rank-sum test, days taken
 * as independent); it stands out where q ≤ 0.05 after Benjamini–Hochberg over all tests made and |z| ≥ 1 (where every
 * baseline day was the same, q alone decides). First what stands out, then what was tested, by |z|; then by name what
 * could not be tested, with the reason. A measure that stands out is unusual for the person, not good or bad.
 */
export function deviationsOf(comparisons: readonly Comparison[]): Deviation[] {
  const compared = comparisons.map(compare)
  const tested = compared.filter(({ p }) => p !== null)
  const rates = falseDiscoveryRates(tested.map(({ p }) => p!))
  const judged = new Map(tested.map((deviation, index) => [deviation.measure, rates[index]!]))
  return compared.map((deviation) => judge(deviation, judged.get(deviation.measure))).sort(byWeight)
}

function compare({ measure, unit, ...values }: Comparison): Deviation {
  const window = finite(values.window)
  const baseline = baselineOf(values.baseline)
  const centre = window.length > 0 ? median(window) : null
  const untested = {
    measure,
    unit,
    window_median: centre,
    window_days: window.length,
    baseline_median: baseline.value?.median ?? null,
    baseline_spread: baseline.value?.spread ?? null,
    baseline_days: finite(values.baseline).length,
    difference: null,
    z: null,
    p: null,
    q: null,
    stands_out: false,
  }
  if (baseline.value === null) return { ...untested, reason: baseline.reason }
  if (centre === null || window.length < LEAST_WINDOW_DAYS) {
    return { ...untested, reason: `the window needs ${LEAST_WINDOW_DAYS} days, there are ${window.length}` }
  }
  const z = robustZ(centre, baseline.value)
  return {
    ...untested,
    difference: centre - baseline.value.median,
    z: z.value,
    p: rankSumProbability(window, values.baseline),
    ...(z.value === null ? { reason: z.reason } : {}),
  }
}

function judge(deviation: Deviation, q: number | undefined): Deviation {
  if (q === undefined) return deviation
  const isFar = deviation.z === null || Math.abs(deviation.z) >= LEAST_Z
  return { ...deviation, q, stands_out: q <= FALSE_DISCOVERY_RATE && isFar }
}

function byWeight(one: Deviation, other: Deviation): number {
  return weight(other) - weight(one) || (one.measure < other.measure ? -1 : 1)
}

/** Orders what stands out before what was tested before what was not, and each by |z|. */
function weight({ stands_out, z, q }: Deviation): number {
  const size = z === null ? 1 : Math.abs(z) / (1 + Math.abs(z))
  return q === null ? 0 : (stands_out ? 3 : 1) + size
}
