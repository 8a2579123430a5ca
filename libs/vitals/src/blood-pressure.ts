import { type Estimate, absent, known } from './estimate.ts'
import { type Reading, inOrder } from './readings.ts'
import { mean } from './statistics.ts'

/** One measurement of both pressures, in mmHg. */
export interface PressureReading {
  readonly at: number
  readonly systolic: number
  readonly diastolic: number
}

/** Means over the measurements, in mmHg. */
export interface PressureSummary {
  readonly readings: number
  readonly systolic: number
  readonly diastolic: number
  readonly highestSystolic: number
  readonly highestDiastolic: number
  /** Systolic less diastolic. */
  readonly pulsePressure: number
  /** MAP: diastolic + pulse pressure / 3. */
  readonly meanArterial: number
}

/**
 * Pairs the pressures that were measured at the same instant, in order of time. What has no partner, or a diastolic
 * that is not below its systolic, is no measurement of a blood pressure and is left out.
 */
export function pressureReadings(
  systolic: readonly Reading[],
  diastolic: readonly Reading[],
): PressureReading[] {
  const partners = new Map(inOrder(diastolic).map(({ start, value }) => [start, value]))
  return inOrder(systolic).flatMap(({ start, value }) => {
    const partner = partners.get(start)
    return partner === undefined || partner >= value
      ? []
      : [{ at: start, systolic: value, diastolic: partner }]
  })
}

/**
 * Summary of blood pressure measurements: the plain mean of both, their extremes, and
 *
 *   PP = SBP − DBP,  MAP = DBP + PP / 3  of the means.
 *
 * A mean of few cuff measurements says little; `readings` says how many there are. `null` without one.
 * Source: Whelton et al. 2018, Hypertension 71:e13–e115 (average of at least two readings on two occasions);
 * Sesso et al. 2000, Hypertension 36:801–807 (definitions of PP and MAP).
 */
export function pressureSummary(readings: readonly PressureReading[]): Estimate<PressureSummary> {
  if (readings.length === 0) return absent('no blood pressure was measured')
  const systolic = readings.map((reading) => reading.systolic)
  const diastolic = readings.map((reading) => reading.diastolic)
  const pulsePressure = mean(systolic) - mean(diastolic)
  return known({
    readings: readings.length,
    systolic: mean(systolic),
    diastolic: mean(diastolic),
    highestSystolic: highest(systolic),
    highestDiastolic: highest(diastolic),
    pulsePressure,
    meanArterial: mean(diastolic) + pulsePressure / 3,
  })
}

const highest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value))
