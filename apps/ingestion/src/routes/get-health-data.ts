import { type Page, limitSchema, pageSchema } from '@clarity/contracts'
import { invalid } from '@clarity/failure'
import { type TotalsOptions, sampleLineSchema } from '@clarity/health-data'
import type { RecordStore } from '@clarity/record-store'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import type { Cursors } from '../cursors.ts'
import { readBuckets } from '../use-cases/read-buckets.ts'
import { readSamples } from '../use-cases/read-samples.ts'
import { isCivilDate, spanOf, typeName } from '../use-cases/sample-query.ts'
import { type SubjectOf, subjectQuery } from '../use-cases/subject-of.ts'

export interface HealthDataParts {
  readonly records: RecordStore
  readonly cursors: Cursors
  readonly subject: SubjectOf
  readonly totals: TotalsOptions
}

const RESOLUTIONS = ['sample', 'hour', 'day'] as const

/** A civil date, or an instant with its offset, whose `+` may have come as the space that it means in a query. */
const time = z
  .string()
  .transform((text) => text.replace(/ (?=\d\d:\d\d$)/, '+'))
  .pipe(
    z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: 'is neither a date nor an instant with its offset',
    }),
  )
  .refine((text) => text >= '1900' && text < '2101', { message: 'is not between 1900 and 2100' })

const query = z.object({
  ...subjectQuery.shape,
  type: z.string().min(1).max(256).optional().describe('metric name, or the identifier of any other type'),
  start: time.optional().describe('civil date in the person’s zone, or instant (RFC 3339); included'),
  end: time.optional().describe('civil date, included as a whole, or instant, not included'),
  resolution: z.enum(RESOLUTIONS).default('sample'),
  source: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe(
      'name of a source, in any case and with any kind of space and apostrophe, or its bundle id or product',
    ),
  limit: limitSchema,
  cursor: z.string().min(1).max(1024).optional(),
})

const bucketSchema = z.object({
  start: z.string(),
  end: z.string(),
  timezone: z.string(),
  type: z.string(),
  count: z.number().int().describe('samples that start in it'),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  sum: z.number().nullable().describe('of a cumulative metric: each moment counted once over all sources'),
  unit: z.string(),
})

/** Samples, clock hours or civil days, oldest first. */
export function getHealthData({ records, cursors, subject, totals }: HealthDataParts): DocumentedRoute {
  const samples = readSamples(records.days)
  const buckets = readBuckets(records.days, totals)
  return route({
    method: 'GET',
    path: '/api/v1/health-data',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'Read samples, or what they come to by hour or day',
    description:
      'Oldest first. Samples that start in the time asked for, duplicates and deleted ones left out; `verdict` tells ' +
      'those that enter no figure (`implausible`, `unknown`). Hours and days count accepted samples alone; they are those ' +
      'of the zone in which a sample was lived, and each is whole. Without `start` or `end` everything held before or ' +
      'after is meant. A page may be shorter than `limit`: `next_cursor` alone tells whether more follows.',
    query,
    queryExample: { type: 'heart_rate', start: '2026-03-01', end: '2026-03-07', resolution: 'hour' },
    answers: {
      200: { description: 'A page.', schema: pageSchema(z.union([sampleLineSchema, bucketSchema])) },
    },
    async handle({ caller, query: { user_id, limit, cursor, ...asked } }) {
      const userId = await subject(caller, user_id)
      const { start, end, resolution, source } = asked
      const scope = `health-data/${userId}/${JSON.stringify([asked.type, start, end, resolution, source])}`
      const page = { limit, ...(cursor !== undefined && { cursor: cursors.read(cursor, scope) }) }
      const wanted = { userId, source, type: typeName(asked.type), ...(await span(records, userId, asked)) }
      const { data, next } =
        resolution === 'sample'
          ? await samples(wanted, page)
          : await buckets({ ...wanted, width: resolution }, page)
      const next_cursor = next && cursors.write(next, scope)
      return ok({ data, pagination: { next_cursor, page_size: limit } } satisfies Page<object>)
    },
  })
}

/** The person's zone matters to civil dates alone. */
async function span(
  records: RecordStore,
  userId: string,
  { start, end }: Pick<z.output<typeof query>, 'start' | 'end'>,
): Promise<{ start: number; end: number }> {
  const dates = [start, end].filter((text) => text !== undefined && isCivilDate(text))
  const timezone = dates.length > 0 ? (await records.users.get(userId))?.timezone : undefined
  const asked = spanOf({ start, end }, timezone ?? 'UTC')
  const [first = '', last = first] = dates
  if (asked.end >= asked.start && first <= last) return asked
  throw invalid({
    detail: 'The query is not valid.',
    errors: [{ path: 'end', reason: 'is before start' }],
  })
}
