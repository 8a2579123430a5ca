import {
  type Estimate,
  type GlucoseSummary,
  type PressureSummary,
  glucoseSummary,
  heartRateRecovery,
  lowestSustained,
  pressureReadings,
  pressureSummary,
} from '@clarity/vitals'
import { type MeasureSection, estimated, measure } from './measure.ts'
import type { WindowReadings } from './window-readings.ts'

const PRESSURE = 'Whelton 2018, mean of the measurements with both pressures'
const GLUCOSE = 'Battelino 2019, readings of the window, each standing for at most 15 min'

/** What single measurements of the window say, by section. */
export function spotMeasures(readings: WindowReadings): Record<string, MeasureSection> {
  const workouts = readings.spans('workout')
  const device = readings.of('heart_rate_recovery_one_minute').map(({ value }) => value)
  const irregular = readings.events('irregular_heart_rhythm_event').length
  return {
    heart: {
      recovery_one_minute:
        device.length > 0
          ? measure(
              device.reduce((most, value) => Math.max(most, value)),
              {
                unit: '/min',
                method: "Cole 1999, largest of the device's own figures",
                reason: '',
              },
            )
          : estimated(heartRateRecovery(workouts, readings.of('heart_rate')), {
              unit: '/min',
              method: 'Cole 1999, rate at the end of a workout less the rate one minute later',
            }),
      irregular_rhythm_events: measure(irregular > 0 ? irregular : null, {
        unit: 'events',
        method: 'notifications of the device in the window (Perez 2019)',
        reason: 'no notification was recorded; whether the device looked for any is not known',
      }),
    },
    oxygen: {
      lowest_sustained: estimated(
        lowestSustained(readings.of('oxygen_saturation'), { minutes: 5, gapMinutes: 5 }),
        { unit: '%', method: 'lowest level not exceeded for 5 min, readings at most 5 min apart' },
      ),
    },
    blood_pressure: pressureMeasures(
      pressureSummary(
        pressureReadings(readings.of('blood_pressure_systolic'), readings.of('blood_pressure_diastolic')),
      ),
    ),
    glucose: glucoseMeasures(glucoseSummary(readings.of('blood_glucose'))),
  }
}

function pressureMeasures(summary: Estimate<PressureSummary>): MeasureSection {
  const figure = (read: (summary: PressureSummary) => number, unit = 'mmHg') =>
    estimated(summary.value === null ? summary : { value: read(summary.value) }, { unit, method: PRESSURE })
  return {
    readings: figure((found) => found.readings, 'measurements'),
    systolic: figure((found) => found.systolic),
    diastolic: figure((found) => found.diastolic),
    highest_systolic: figure((found) => found.highestSystolic),
    highest_diastolic: figure((found) => found.highestDiastolic),
    pulse_pressure: figure((found) => found.pulsePressure),
    mean_arterial_pressure: figure((found) => found.meanArterial),
  }
}

function glucoseMeasures(summary: Estimate<GlucoseSummary>): MeasureSection {
  const figure = (read: (summary: GlucoseSummary) => number | undefined, unit = 'mg/dL') => {
    const value = summary.value === null ? undefined : read(summary.value)
    return measure(value ?? null, { unit, method: GLUCOSE, reason: summary.reason ?? 'too few readings' })
  }
  return {
    readings: figure((found) => found.readings, 'measurements'),
    mean: figure((found) => found.mean),
    lowest: figure((found) => found.lowest),
    highest: figure((found) => found.highest),
    variation: figure((found) => found.variation, '%'),
    share_below_54: figure((found) => found.shares?.below54, '%'),
    share_below_70: figure((found) => found.shares?.below70, '%'),
    share_70_to_180: figure((found) => found.shares?.from70To180, '%'),
    share_above_180: figure((found) => found.shares?.above180, '%'),
    share_above_250: figure((found) => found.shares?.above250, '%'),
  }
}
