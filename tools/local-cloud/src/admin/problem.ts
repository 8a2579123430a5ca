import type { ServerResponse } from 'node:http'
import { sendJson } from '../http/send-json.ts'

export interface FieldProblem {
  readonly path: string
  readonly reason: string
}

/** A refusal of the admin interface, answered as problem+json (RFC 9457). */
export class Problem extends Error {
  readonly status: number
  readonly slug: string
  readonly errors: readonly FieldProblem[]

  constructor(status: number, slug: string, options: { detail: string; errors?: readonly FieldProblem[] }) {
    super(options.detail)
    this.name = 'Problem'
    this.status = status
    this.slug = slug
    this.errors = options.errors ?? []
  }
}

export function sendProblem(error: unknown, path: string, response: ServerResponse): void {
  const problem =
    error instanceof Problem ? error : new Problem(500, 'internal', { detail: `A bug: ${String(error)}` })
  const { status, slug, message, errors } = problem
  sendJson(response, {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: `https://clarity.health/problems/${slug}`,
      title: slug.replaceAll('-', ' '),
      status,
      detail: message,
      instance: path,
      ...(errors.length > 0 && { errors }),
    },
  })
}
