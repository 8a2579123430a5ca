import { type Examination, examineRedFlags, pressureReadings } from '@clarity/vitals'
import type { AnalysisInput } from './analysis-input.ts'
import { recordedSessions } from './recorded-sleep.ts'
import { datedVitals } from './window-days.ts'
import type { WindowReadings } from './window-readings.ts'

/** The red flags of a window, and which rules had something to examine. */
export function windowRedFlags(input: AnalysisInput, readings: WindowReadings): Examination {
  return examineRedFlags({
    heartRate: readings.of('heart_rate'),
    active: [...readings.moving(), ...readings.spans('workout')],
    asleep: [...recordedSessions(input).values()].flat(),
    oxygen: readings.of('oxygen_saturation'),
    pressures: pressureReadings(
      readings.of('blood_pressure_systolic'),
      readings.of('blood_pressure_diastolic'),
    ),
    glucose: readings.of('blood_glucose'),
    bodyTemperature: readings.of('body_temperature'),
    irregularRhythm: readings.events('irregular_heart_rhythm_event'),
    days: datedVitals(input.days),
    baselineDays: datedVitals(input.baseline),
  })
}
