import { addDays, civilDate, datesBetween, instantOf } from '@clarity/health-data'
import { noise, normal, sampleUuid } from './noise.ts'
import { type MinuteOfLife, minuteOfLife, night, sleepStages } from './person.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const DAYS = 14

const WATCH = { name: 'Synthetic Watch', model: 'Watch', productType: 'Watch6,7' }
const PHONE = { name: 'Synthetic iPhone', model: 'iPhone', productType: 'iPhone15,2' }

interface DemoSample {
  readonly uuid: string
  readonly identifier: string
  readonly type: string
  readonly unit: string | null
  readonly value: number
  readonly start_date: string
  readonly end_date: string
  readonly source_name: string
  readonly device: object
  readonly metadata: object
}

/** A raw-envelope upload of a person who does not exist. */
export interface DemoUpload {
  readonly quantity_samples: readonly DemoSample[]
  readonly category_samples: readonly DemoSample[]
  readonly workouts: readonly never[]
  readonly correlation_samples: readonly never[]
  readonly upload_metadata: { readonly synthetic: true; readonly generator: string }
  readonly sync_token: null
}

interface Reading {
  readonly type: string
  readonly identifier: string
  readonly unit: string | null
  readonly start: number
  readonly end: number
  readonly value: number
  readonly source?: typeof WATCH | typeof PHONE
}

const round = (value: number, digits = 0) => Number(value.toFixed(digits))

/**
 * A fortnight of synthetic HealthKit samples that ends at the current minute. Each sample, its UUID included,
 * depends on its own time (and the zone) alone, so that two uploads overlap without doubling anything.
 */
export function demoUpload(options: { readonly now: number; readonly timezone: string }): DemoUpload {
  const { timezone } = options
  const end = Math.floor(options.now / MINUTE_MS) * MINUTE_MS
  const start = end - DAYS * DAY_MS
  const within = (reading: Reading) => reading.start >= start && reading.end <= end
  const toSample = (reading: Reading) => sampleOf(reading, timezone)
  const quantities: Reading[] = []
  for (let minute = start; minute < end; minute += MINUTE_MS) {
    quantities.push(...minuteReadings(minute, minuteOfLife(timezone, minute)))
  }
  const dates = datesBetween(civilDate(timezone, start), addDays(civilDate(timezone, end), 1))
  quantities.push(...dates.flatMap((date) => dailyReadings(timezone, date)))
  const stages = dates.flatMap((date) => sleepReadings(timezone, date))
  return {
    quantity_samples: quantities.filter(within).map(toSample),
    category_samples: stages.filter(within).map(toSample),
    workouts: [],
    correlation_samples: [],
    upload_metadata: { synthetic: true, generator: 'clarity-loop demo' },
    sync_token: null,
  }
}

const quantity = (suffix: string) => `HKQuantityTypeIdentifier${suffix}`

function minuteReadings(minute: number, { asleep, steps, heartRate }: MinuteOfLife): Reading[] {
  const index = minute / MINUTE_MS
  const span = { start: minute, end: minute + MINUTE_MS }
  const at = { start: minute, end: minute }
  const readings: Reading[] = []
  const add = (
    suffix: string,
    [value, unit]: readonly [number, string],
    time: { start: number; end: number },
  ) => readings.push({ type: suffix, identifier: quantity(suffix), unit, value, ...time })
  if (steps > 0) {
    add('StepCount', [steps, 'count'], span)
    add('DistanceWalkingRunning', [round(steps * 0.74, 2), 'm'], span)
    add('ActiveEnergyBurned', [round(steps * 0.045, 3), 'kcal'], span)
    if (steps > 95) add('AppleExerciseTime', [1, 'min'], span)
    // The phone is in the pocket for two thirds of the quarter hours, and misses a few steps.
    if (noise('pocket', Math.floor(index / 15)) < 0.66) {
      const seen = Math.max(1, Math.round(steps * (0.86 + 0.1 * noise('phone', minute))))
      readings.push({
        type: 'StepCount',
        identifier: quantity('StepCount'),
        unit: 'count',
        value: seen,
        ...span,
        source: PHONE,
      })
    }
  }
  if (index % 5 === 0) add('HeartRate', [round(heartRate), 'count/min'], at)
  if (index % 60 === 0)
    add('BasalEnergyBurned', [68, 'kcal'], { start: minute, end: minute + 60 * MINUTE_MS })
  if (index % 240 === 0)
    add(
      'HeartRateVariabilitySDNN',
      [round(asleep ? 58 + 9 * normal('hrv', minute) : 44 + 8 * normal('hrv', minute), 1), 'ms'],
      at,
    )
  if (asleep && index % 15 === 0)
    add('RespiratoryRate', [round(14.6 + 0.7 * normal('breath', minute), 1), 'count/min'], at)
  if (asleep && index % 30 === 0)
    add('OxygenSaturation', [round(Math.min(1, 0.965 + 0.008 * normal('oxygen', minute)), 3), '%'], at)
  if (!asleep && noise('stairs', minute) < 0.008) add('FlightsClimbed', [1, 'count'], span)
  return readings
}

function dailyReadings(timezone: string, date: string): Reading[] {
  const noon = instantOf(timezone, Date.parse(date) + 12 * 60 * MINUTE_MS)
  const value = round(57 + 1.6 * normal('resting', noon))
  return [
    {
      type: 'RestingHeartRate',
      identifier: quantity('RestingHeartRate'),
      unit: 'count/min',
      start: noon,
      end: noon,
      value,
    },
  ]
}

function sleepReadings(timezone: string, date: string): Reading[] {
  const identifier = 'HKCategoryTypeIdentifierSleepAnalysis'
  const inBed: Reading = {
    type: 'sleep_analysis',
    identifier,
    unit: null,
    value: 0,
    ...night(timezone, date),
    source: PHONE,
  }
  const stages = sleepStages(timezone, date).map((stage) => ({
    type: 'sleep_analysis',
    identifier,
    unit: null,
    ...stage,
  }))
  return [inBed, ...stages]
}

function sampleOf(
  { type, identifier, unit, value, start, end, source = WATCH }: Reading,
  timezone: string,
): DemoSample {
  const { name, model, productType } = source
  return {
    uuid: sampleUuid(`${type}${identifier.includes('Sleep') ? `:${value}` : ''}`, name, start),
    identifier,
    type,
    unit,
    value,
    start_date: new Date(start).toISOString(),
    end_date: new Date(end).toISOString(),
    source_name: name,
    device: { name, manufacturer: 'Clarity Loop (synthetic)', model, productType },
    metadata: { HKTimeZone: timezone },
  }
}
