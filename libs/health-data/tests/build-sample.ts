import { identify, metricFor, type Sample } from '../src/index.ts'

const watch = { name: 'Apple Watch', bundle_id: null, product: 'Watch6,7' }

/** Instant of an RFC 3339 text. */
export function at(text: string): number {
  return Date.parse(text)
}

/** A plausible sample of the Watch in UTC; `start` and `end` may be RFC 3339 texts. */
export function buildSample(
  parts: Partial<Omit<Sample, 'start' | 'end'>> & {
    start: number | string
    end?: number | string
    uuid?: string
  },
): Sample {
  const { uuid, start: from, end: to = from, ...rest } = parts
  const start = typeof from === 'string' ? at(from) : from
  const end = typeof to === 'string' ? at(to) : to
  const type = rest.type ?? 'heart_rate'
  const content = { source: watch, value: 60, ...rest, type, start, end }
  return {
    unit: metricFor(type)?.unit ?? '',
    user_entered: false,
    timezone: 'UTC',
    timezone_source: 'none',
    base_verdict: 'accepted',
    verdict: rest.base_verdict ?? 'accepted',
    upload_ids: ['upload-1'],
    ...content,
    id: rest.id ?? identify({ ...content, uuid }),
  }
}

export const phone = { name: 'iPhone', bundle_id: null, product: 'iPhone15,2' }
export const otherApp = { name: 'AutoSleep', bundle_id: null, product: null }
