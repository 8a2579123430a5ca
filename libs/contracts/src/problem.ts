import { z } from 'zod'

export const PROBLEM_TYPE_BASE = 'https://clarity.health/problems/'

/** RFC 9457 problem details, as every error of every service is answered. */
export const problemSchema = z.object({
  type: z.string().startsWith(PROBLEM_TYPE_BASE),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  trace_id: z.string().nullable(),
  errors: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
})
export type Problem = z.infer<typeof problemSchema>

export const healthSchema = z.object({
  status: z.enum(['ok', 'unavailable']),
  checks: z.record(z.string(), z.string()),
})
export type Health = z.infer<typeof healthSchema>
