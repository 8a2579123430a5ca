import { z } from 'zod'

export const DEFAULT_PAGE_SIZE = 50
export const MAX_PAGE_SIZE = 1000

/** Page size as a query says it: plain digits, 1..1000. */
export const limitSchema = z
  .string()
  .regex(/^\d{1,4}$/, 'is no whole number')
  .transform(Number)
  .pipe(z.number().min(1).max(MAX_PAGE_SIZE))
  .default(DEFAULT_PAGE_SIZE)
  .meta({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: DEFAULT_PAGE_SIZE })

/** One page of a list; `next_cursor` is null on the last. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly pagination: { readonly next_cursor: string | null; readonly page_size: number }
}

/** The schema of a page of these. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    data: z.array(item),
    pagination: z.object({ next_cursor: z.string().nullable(), page_size: z.number().int() }),
  })
}
