import { sampleUuid } from '../src/demo/noise.ts'
import type { UploadBody } from '../src/api-client.ts'

const HOUR_MS = 3_600_000
const FIRST = '2026-03-02'
/** More UTC dates than analysis merges in one transaction. */
const DAYS = 8

/** The civil dates of the small body, which is sent in UTC. */
export const SMALL_RANGE = { start: FIRST, end: '2026-03-09' }

/** Eight days of hourly steps and pulses as a raw envelope: enough for a computed analysis, made at once. */
export function smallBody(): UploadBody {
  const start = Date.parse(`${FIRST}T00:00:00Z`)
  const hours = Array.from({ length: DAYS * 24 }, (_, index) => start + index * HOUR_MS)
  const upload = {
    quantity_samples: hours.flatMap((hour) => [
      sample('StepCount', { unit: 'count', start: hour, end: hour + HOUR_MS, value: stepsAt(hour) }),
      sample('HeartRate', { unit: 'count/min', start: hour, end: hour, value: 55 + (stepsAt(hour) % 40) }),
    ]),
    category_samples: [],
    workouts: [],
    correlation_samples: [],
    upload_metadata: { synthetic: true },
    sync_token: null,
  }
  const bytes = Buffer.from(JSON.stringify(upload))
  return { bytes, contentType: 'application/json', gzip: false, timezone: 'UTC' }
}

interface Reading {
  readonly unit: string
  readonly start: number
  readonly end: number
  readonly value: number
}

function sample(type: string, { unit, start, end, value }: Reading): object {
  return {
    uuid: sampleUuid(type, 'small', start),
    identifier: `HKQuantityTypeIdentifier${type}`,
    type,
    unit,
    value,
    start_date: new Date(start).toISOString(),
    end_date: new Date(end).toISOString(),
    source_name: 'Synthetic Watch',
    device: { name: 'Synthetic Watch', model: 'Watch', productType: 'Watch6,7' },
    metadata: { HKTimeZone: 'UTC' },
  }
}

/** Quiet nights, and days that differ from each other. */
function stepsAt(time: number): number {
  const hour = (time / HOUR_MS) % 24
  const day = Math.floor(time / (24 * HOUR_MS))
  return hour < 7 || hour > 21 ? 3 : 150 + ((hour * 97 + day * 61) % 500)
}
