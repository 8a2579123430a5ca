import { invalidArgument } from '../firestore/status.ts'
import type { Page } from './store.ts'

export interface ListRequest {
  readonly pageSize: number
  readonly pageToken: string
}

const STANDARD_PAGE_SIZE = 100
const MAXIMUM_PAGE_SIZE = 1000

/** A page of what `list` finds by name, and the token of the next page (empty on the last). */
export function listPage<T extends { readonly name: string }>(
  request: ListRequest,
  prefix: string,
  list: (page: Page) => T[],
): { items: T[]; nextPageToken: string } {
  if (request.pageSize < 0) throw invalidArgument('page_size must not be negative.')
  const size = Math.min(request.pageSize || STANDARD_PAGE_SIZE, MAXIMUM_PAGE_SIZE)
  const after = Buffer.from(request.pageToken, 'base64url').toString()
  const found = list({ prefix, after, limit: size + 1 })
  const items = found.slice(0, size)
  const last = found.length > size ? items.at(-1) : undefined
  return { items, nextPageToken: last ? Buffer.from(last.name).toString('base64url') : '' }
}
