import type { PressureReading } from '../blood-pressure.ts'
import { type Reading, inOrder } from '../readings.ts'
import { highestSustained, lowestSustained } from '../sustained.ts'
import type { Finding, RedFlagRule } from './red-flag.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const SYSTOLIC = 180
const DIASTOLIC = 120
const LEVEL_2_LOW = 54
const LEVEL_2_HIGH = 250
const SENSOR_GAP_MINUTES = 15
const HOT = 39.1
const COLD = 35

/** Two measurements in a row at 180 or 120 and above, at least a minute and at most a day apart. */
export const severePressure: RedFlagRule = {
  code: 'blood_pressure_180_120_repeated',
  title: 'Blood pressure was at 180 over 120 or above in either number, twice in a row',
  measure: 'blood_pressure.highest_systolic',
  unit: 'mmHg',
  citation:
    'Whelton et al. 2018, Hypertension 71:e13–e115 (ACC/AHA 2017); American Heart Association (measure again after at least one minute)',
  examine: ({ pressures }) => {
    if (pressures.length < 2) return 'not-examined'
    const repeated = repeatedlySevere(pressures)
    return repeated.length === 0
      ? 'nothing'
      : repeated.reduce((most, { systolic }) => Math.max(most, systolic), 0)
  },
}

const isSevere = ({ systolic, diastolic }: PressureReading) => systolic >= SYSTOLIC || diastolic >= DIASTOLIC

/** Severe measurements whose last one at least a minute before was severe too. */
function repeatedlySevere(pressures: readonly PressureReading[]): PressureReading[] {
  let next = 0
  let last: PressureReading | undefined
  return pressures.filter((reading) => {
    while (next < pressures.length && pressures[next]!.at <= reading.at - MINUTE_MS) last = pressures[next++]
    return isSevere(reading) && last !== undefined && isSevere(last) && reading.at - last.at <= DAY_MS
  })
}

/** Below 54 mg/dL: a sensor's readings for fifteen minutes, or one reading that stands alone. */
export const lowGlucose: RedFlagRule = {
  code: 'glucose_below_54',
  title: 'Glucose was below 54 mg/dL',
  measure: 'glucose.lowest',
  unit: 'mg/dL',
  citation:
    'American Diabetes Association, Standards of Care (level 2 low: below 54 mg/dL); fifteen minutes of a sensor: Danne et al. 2017, Diabetes Care 40:1631–1640',
  examine: ({ glucose }) => {
    const ordered = inOrder(glucose)
    if (ordered.length === 0) return 'not-examined'
    const lasting = lowestSustained(ordered, { minutes: 15, gapMinutes: SENSOR_GAP_MINUTES }).value
    const alone = ordered.filter((reading, index) => standsAlone(reading, ordered, index))
    const levels = [...(lasting === null ? [] : [lasting]), ...alone.map(({ value }) => value)]
    const least = levels.reduce((low, level) => Math.min(low, level), Infinity)
    return least < LEVEL_2_LOW ? least : 'nothing'
  },
}

function standsAlone({ start, end }: Reading, all: readonly Reading[], index: number): boolean {
  const [before, after] = [all[index - 1], all[index + 1]]
  const gap = SENSOR_GAP_MINUTES * MINUTE_MS
  return (!before || start - before.end > gap) && (!after || after.start - end > gap)
}

/** Above 250 mg/dL for two hours of a sensor's readings. */
export const highGlucose: RedFlagRule = {
  code: 'glucose_above_250_sustained',
  title: 'Glucose stayed above 250 mg/dL for two hours or longer',
  measure: 'glucose.highest',
  unit: 'mg/dL',
  citation:
    'Battelino et al. 2023, Lancet Diabetes Endocrinol 11:42–57 (an extended event: 90 minutes above 250 mg/dL within two hours; here two whole hours)',
  examine: ({ glucose }) => {
    const { value } = highestSustained(glucose, { minutes: 120, gapMinutes: SENSOR_GAP_MINUTES })
    if (value === null) return 'not-examined'
    return value > LEVEL_2_HIGH ? value : 'nothing'
  },
}

const temperature = { measure: 'temperature.body', unit: '°C' } as const
const TEMPERATURE_SOURCE =
  "Royal College of Physicians 2017, NEWS2; twice in a row, at least ten minutes and at most a day apart, is this project's"

/** A body temperature of 39.1 °C or above in two measurements in a row. */
export const highTemperature: RedFlagRule = {
  ...temperature,
  code: 'body_temperature_high_repeated',
  title: 'Body temperature was at 39.1 °C or above twice in a row',
  citation: TEMPERATURE_SOURCE,
  examine: ({ bodyTemperature }) =>
    twice(bodyTemperature, { beyond: (value) => value >= HOT, most: Math.max }),
}

/** A body temperature of 35.0 °C or below in two measurements in a row. */
export const lowTemperature: RedFlagRule = {
  ...temperature,
  code: 'body_temperature_low_repeated',
  title: 'Body temperature was at 35.0 °C or below twice in a row',
  citation: TEMPERATURE_SOURCE,
  examine: ({ bodyTemperature }) =>
    twice(bodyTemperature, { beyond: (value) => value <= COLD, most: Math.min }),
}

function twice(
  readings: readonly Reading[],
  { beyond, most }: { beyond: (value: number) => boolean; most: (one: number, other: number) => number },
): Finding {
  const ordered = inOrder(readings)
  const pairs = ordered.flatMap((reading, index) => {
    const last = ordered[index - 1]
    const apart = last ? reading.start - last.start : 0
    return last && apart >= 10 * MINUTE_MS && apart <= DAY_MS ? [[last.value, reading.value] as const] : []
  })
  if (pairs.length === 0) return 'not-examined'
  const found = pairs.filter((pair) => pair.every(beyond)).flat()
  return found.length === 0 ? 'nothing' : found.reduce((one, other) => most(one, other))
}

/** Notifications of an irregular rhythm by the device, each of which follows five irregular recordings. */
export const irregularRhythm: RedFlagRule = {
  code: 'irregular_rhythm_notified',
  title: 'The device notified of an irregular heart rhythm',
  measure: 'heart.irregular_rhythm_events',
  unit: 'events',
  citation:
    'Perez et al. 2019, N Engl J Med 381:1909–1917 (a notification takes five irregular recordings within 48 hours)',
  examine: (evidence) =>
    evidence.irregularRhythm.length === 0 ? 'not-examined' : evidence.irregularRhythm.length,
}
