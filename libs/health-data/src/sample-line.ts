import { z } from 'zod'
import { formatInstant } from './civil-time.ts'
import type { Sample } from './sample.ts'

const instant = z.string().describe('RFC 3339 in UTC, with microseconds where the sample has them')

/**
 * One sample as the API answers it and as the export writes it. A line read back into an account that holds nothing else
 * is written again as it was, but for `upload_id`.
 */
export const sampleLineSchema = z.object({
  id: z.string().describe('UUID in upper case, else `sync:…` or `content:…`'),
  type: z.string().describe('metric name, or the identifier as sent where the type is unknown'),
  start: instant,
  end: instant,
  value: z.number().nullable(),
  unit: z.string(),
  source: z.object({
    name: z.string().nullable(),
    bundle_id: z.string().nullable(),
    product: z.string().nullable(),
  }),
  user_entered: z.boolean(),
  upload_id: z.string().describe('the first by name of the uploads that brought the sample'),
  metadata: z.record(z.string(), z.unknown()).optional(),
  verdict: z.enum(['accepted', 'duplicate', 'deleted', 'implausible', 'unknown']),
  base_verdict: z
    .enum(['accepted', 'implausible', 'unknown'])
    .optional()
    .describe('what the sample is worth by itself, where other samples or a deletion say otherwise'),
  timezone: z.string().describe('IANA name or fixed offset: the zone in which the sample was lived'),
  timezone_source: z.enum(['sample', 'upload', 'user', 'offset', 'none']),
  unit_in: z.string().optional().describe('unit as sent'),
  extent: z.enum(['missing', 'bucket']).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  sync: z.object({ id: z.string(), version: z.number() }).optional(),
})

export type SampleLine = z.infer<typeof sampleLineSchema>

type Draft = { -readonly [Field in keyof SampleLine]: SampleLine[Field] }

/** The wire form of a stored sample. The zone is the one that holds, whichever upload gave it. */
export function toSampleLine(sample: Sample): SampleLine {
  const { extent, min, max, unit_in, sync, metadata, base_verdict, verdict } = sample
  const line: Draft = {
    id: sample.id,
    type: sample.type,
    start: formatInstant(sample.start),
    end: formatInstant(sample.end),
    value: sample.value,
    unit: sample.unit,
    source: sample.source,
    user_entered: sample.user_entered,
    upload_id: sample.upload_ids[0] ?? '',
    verdict,
    timezone: sample.timezone,
    timezone_source: sample.timezone_source,
  }
  if (metadata) line.metadata = metadata
  if (base_verdict !== verdict) line.base_verdict = base_verdict
  if (unit_in !== undefined) line.unit_in = unit_in
  if (extent) line.extent = extent
  if (min !== undefined) line.min = min
  if (max !== undefined) line.max = max
  if (sync) line.sync = sync
  return line
}
