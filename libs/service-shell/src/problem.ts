import { PROBLEM_TYPE_BASE, type Problem } from '@clarity/contracts'
import { Failure, type FailureKind, isFailure } from '@clarity/failure'
import { currentTraceId } from '@clarity/telemetry'
import type { Response } from 'express'

interface Kind {
  readonly status: number
  readonly title: string
}

/** The one table from what went wrong to what is answered. */
const KINDS: Readonly<Record<FailureKind, Kind>> = {
  malformed: { status: 400, title: 'Malformed request' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'timed-out': { status: 408, title: 'Too slow' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'Too large' },
  unsupported: { status: 415, title: 'Unsupported media type' },
  invalid: { status: 422, title: 'Invalid request' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
}

const INTERNAL: Kind = { status: 500, title: 'Internal error' }
const DEFAULT_RETRY_AFTER_SECONDS = 5

/** Answers the error as `application/problem+json`. Of errors that are no Failure nothing is told but the status. */
export function sendProblem(response: Response, error: unknown, extensions: object = {}): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const problem = problemOf(error, response.req.path)
  const retryAfter = retryAfterSeconds(error)
  if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter))
  // What the client still sends of its request would be taken for the next one.
  if (problem.status === 408) response.set('Connection', 'close')
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer')
  send(response, problem, extensions)
}

/** Answers 405 and names the methods that the path takes. */
export function sendMethodNotAllowed(response: Response, methods: readonly string[]): void {
  response.set('Allow', methods.join(', '))
  send(response, {
    ...describe('method-not-allowed', { status: 405, title: 'Method not allowed' }),
    detail: `This path takes ${methods.join(', ')}.`,
    instance: response.req.path,
  })
}

function send(response: Response, problem: Problem, extensions: object = {}): void {
  response.status(problem.status).type('application/problem+json')
  response.send(JSON.stringify({ ...problem, ...extensions }))
}

function problemOf(error: unknown, instance: string): Problem {
  if (!isFailure(error)) {
    const detail = 'Something went wrong on our side. The request id finds it in our logs.'
    return { ...describe('internal', INTERNAL), detail, instance }
  }
  const { code = error.kind, detail, errors } = error.details
  return {
    ...describe(code.replaceAll('_', '-'), KINDS[error.kind]),
    detail,
    instance,
    ...(errors && { errors: [...errors] }),
  }
}

function describe(slug: string, { status, title }: Kind) {
  return { type: `${PROBLEM_TYPE_BASE}${slug}`, title, status, trace_id: currentTraceId() }
}

function retryAfterSeconds(error: unknown): number | undefined {
  if (!(error instanceof Failure)) return undefined
  if (error.kind !== 'unavailable' && error.kind !== 'rate-limited') return undefined
  return Math.max(1, Math.ceil(error.details.retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS))
}
