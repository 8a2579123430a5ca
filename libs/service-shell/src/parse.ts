import { type Failure, type FieldError, invalid, malformed } from '@clarity/failure'
import type { z } from 'zod'

/** A body of thousands of bad values is told of these. */
const MOST_ERRORS = 100

/** The schema's output; fails `invalid` with a path and a reason for each field at fault, never its value. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw invalidFields(result.error)
}

/** As `parse`, for a request body: one that is absent where it is needed fails `malformed`. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw body === undefined ? malformed('The request has no body.') : invalidFields(result.error)
}

function invalidFields(error: z.ZodError): Failure {
  const errors = error.issues.slice(0, MOST_ERRORS).map((issue): FieldError => ({
    path: pathText(issue.path),
    reason: issue.message,
  }))
  return invalid({ detail: 'Some fields are not valid.', errors })
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return text.replace(/^\./, '') || 'body'
}
