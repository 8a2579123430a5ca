import type { z } from 'zod'

/** The text of `.env.example` for a config schema: each variable under its description, optional ones commented out. */
export function envExample(_schema: z.ZodObject): string {
  throw new Error('being written')
}
