import { addDays } from '@clarity/health-data'
import { type Route, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { permitted } from '../permissions.ts'
import type { summariseRange } from '../use-cases/summarise-range.ts'

const MAX_DAYS = 366
const civilDate = z.iso.date({ abort: true }).refine((date) => date >= '1900-01-01' && date < '2101-01-01', {
  message: 'is not between 1900 and 2100',
})
const range = z
  .object({ start: civilDate, end: civilDate })
  .refine(({ start, end }) => start <= end, { path: ['end'], message: 'is before start', abort: true })
  .refine(({ start, end }) => end < addDays(start, MAX_DAYS), {
    path: ['end'],
    message: `is more than ${MAX_DAYS} days after start, both counted`,
  })

export function getSummary(summarise: ReturnType<typeof summariseRange>): Route {
  return route({
    method: 'GET',
    path: '/api/v1/health-data/summary',
    auth: 'firebase',
    query: range,
    async handle({ caller, query }) {
      return ok({ data: await summarise({ userId: permitted(caller, 'read_own_data'), ...query }) })
    },
  })
}
