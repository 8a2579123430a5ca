import { type Estimate, absent, known } from './estimate.ts'
import { type Reading, held, heldMinutes, inOrder } from './readings.ts'
import { mean, standardDeviation } from './statistics.ts'

/** A sensor reads every five to fifteen minutes; a reading stands for no longer. */
const HOLD_MINUTES = 15
/** Fewer readings than a quarter of a day of a fifteen-minute sensor are finger pricks: no shares of time. */
const LEAST_SENSOR_READINGS = 24

/** Glucose in mg/dL; shares in per cent of the time with readings. */
export interface GlucoseSummary {
  readonly readings: number
  readonly mean: number
  readonly lowest: number
  readonly highest: number
  /** 100 s / mean; absent with one reading. */
  readonly variation?: number
  /** Absent where readings are too few to stand for time. */
  readonly shares?: {
    readonly below54: number
    readonly below70: number
    readonly from70To180: number
    readonly above180: number
    readonly above250: number
  }
}

/**
 * Summary of glucose readings: mean, extremes, coefficient of variation, and the shares of time in the consensus
 * ranges (below 54, below 70, 70–180, above 180, above 250 mg/dL), each reading standing until the next one, at most
 * 15 minutes. Shares need 24 readings. `null` without a reading.
 * Source: Battelino et al. 2019, Diabetes Care 42:1593–1603 (which asks for 14 days of a sensor before it is judged).
 */
export function glucoseSummary(readings: readonly Reading[]): Estimate<GlucoseSummary> {
  const ordered = inOrder(readings)
  if (ordered.length === 0) return absent('no glucose was measured')
  const values = ordered.map(({ value }) => value)
  const centre = mean(values)
  return known({
    readings: values.length,
    mean: centre,
    lowest: values.reduce((low, value) => Math.min(low, value)),
    highest: values.reduce((high, value) => Math.max(high, value)),
    ...(values.length < 2 || centre === 0 ? {} : { variation: (100 * standardDeviation(values)) / centre }),
    ...(values.length < LEAST_SENSOR_READINGS ? {} : { shares: sharesOf(ordered) }),
  })
}

function sharesOf(readings: readonly Reading[]): GlucoseSummary['shares'] {
  const spans = held(readings, HOLD_MINUTES)
  const all = heldMinutes(spans)
  const share = (chosen: (value: number) => boolean) => (100 * heldMinutes(spans, chosen)) / all
  return {
    below54: share((value) => value < 54),
    below70: share((value) => value < 70),
    from70To180: share((value) => value >= 70 && value <= 180),
    above180: share((value) => value > 180),
    above250: share((value) => value > 250),
  }
}
