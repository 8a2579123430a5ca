import { addDays, summaryRowSchema } from '@clarity/health-data'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { type SubjectOf, subjectQuery } from '../use-cases/subject-of.ts'
import type { summariseRange } from '../use-cases/summarise-range.ts'

const MAX_DAYS = 366
const civilDate = z.iso.date({ abort: true }).refine((date) => date >= '1900-01-01' && date < '2101-01-01', {
  message: 'is not between 1900 and 2100',
})
const range = z
  .object({ start: civilDate, end: civilDate, ...subjectQuery.shape })
  .refine(({ start, end }) => start <= end, { path: ['end'], message: 'is before start', abort: true })
  .refine(({ start, end }) => end < addDays(start, MAX_DAYS), {
    path: ['end'],
    message: `is more than ${MAX_DAYS} days after start, both counted`,
  })

export function getSummary(
  summarise: ReturnType<typeof summariseRange>,
  subject: SubjectOf,
): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/health-data/summary',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'Read what was measured day by day',
    answers: {
      200: {
        description: 'One row for every date asked; `null` where nothing was measured.',
        schema: z.object({ data: z.array(summaryRowSchema) }),
      },
    },
    query: range,
    queryExample: { start: '2026-03-01', end: '2026-03-07' },
    async handle({ caller, query: { user_id, start, end } }) {
      return ok({ data: await summarise({ userId: await subject(caller, user_id), start, end }) })
    },
  })
}
