import { z } from 'zod'

export const DEFAULT_PAGE_SIZE = 50
export const MAX_PAGE_SIZE = 1000

export const limitSchema = z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE)

/** One page of a list; `next_cursor` is null on the last. */
export interface Page<T> {
  readonly data: readonly T[]
  readonly pagination: { readonly next_cursor: string | null; readonly page_size: number }
}
