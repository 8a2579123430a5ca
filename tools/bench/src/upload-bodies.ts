import { gzipSync } from 'node:zlib'

const usualStepMs = 20_000
const types = [
  ['HKQuantityTypeIdentifierHeartRate', 'count/min', 60],
  ['HKQuantityTypeIdentifierStepCount', 'count', 20],
  ['HKQuantityTypeIdentifierActiveEnergyBurned', 'kcal', 1],
  ['HKQuantityTypeIdentifierDistanceWalkingRunning', 'm', 15],
] as const

/** 122 bits in the spelling of HealthKit, the same for the same number: UUIDs are what compresses least in a body. */
function uuidOf(seed: number): string {
  const words = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f].map((factor, lane) => {
    let mixed = Math.imul(seed + lane + 1, factor)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
    return ((mixed ^ (mixed >>> 13)) >>> 0).toString(16).padStart(8, '0')
  })
  const hex = words.join('').toUpperCase()
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

export interface BodyOptions {
  readonly samples: number
  /** Start of the first sample, epoch ms. */
  readonly from: number
  /** Tells bodies apart: other numbers, other UUIDs. */
  readonly seed: number
  /** From one sample to the next; 20 s unless told. */
  readonly stepMs?: number
}

/** What a Watch's owner sends: quantities as plain HealthKit JSON. */
export function envelopeBody({ samples, from, seed, stepMs = usualStepMs }: BodyOptions): Buffer {
  const quantity_samples = Array.from({ length: samples }, (_, index) => {
    const [identifier, unit, least] = types[index % types.length]!
    const number = seed * 1_000_003 + index
    const start = from + index * stepMs
    return {
      uuid: uuidOf(number),
      identifier,
      type: 'quantity',
      value: least + (Math.imul(number, 0x9e3779b1) >>> 24) / 10,
      unit,
      start_date: new Date(start).toISOString(),
      end_date: new Date(start + 3 * usualStepMs).toISOString(),
      source_name: 'Apple Watch',
      device: { name: 'Apple Watch', model: 'Watch', hardwareVersion: 'Watch6,7' },
      metadata: { HKTimeZone: 'America/New_York' },
    }
  })
  return Buffer.from(JSON.stringify({ user_id: 'bench', quantity_samples }))
}

/** A body whose gzip has about that many bytes. */
export function gzipBody(
  bytes: number,
  options: Omit<BodyOptions, 'samples'>,
): { body: Buffer; gzip: Buffer } {
  const probe = 2000
  const perSample = gzipSync(envelopeBody({ ...options, samples: probe })).length / probe
  const body = envelopeBody({ ...options, samples: Math.max(1, Math.round(bytes / perSample)) })
  return { body, gzip: gzipSync(body) }
}
