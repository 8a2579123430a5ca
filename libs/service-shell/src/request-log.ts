import { AsyncResource } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { isFailure, malformed } from '@clarity/failure'
import { logger, runWithContext } from '@clarity/telemetry'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { ClientGone } from './deadline.ts'
import { sendProblem } from './problem.ts'

const SANE_REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/
/** What probes ask every few seconds. */
const PROBES: ReadonlySet<string> = new Set(['/health', '/ready'])

/** Opens the request's context, names the request id in the answer and writes one line when the request ends. */
export function logRequests(): RequestHandler {
  return (request, response, next) => {
    const sent = request.get('x-request-id') ?? ''
    const requestId = SANE_REQUEST_ID.test(sent) ? sent : randomUUID()
    response.set({
      'X-Request-Id': requestId,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    })
    const startedAt = performance.now()
    runWithContext({ request_id: requestId }, () => {
      // Bound, because the event comes from the socket, which knows no request.
      const log = (): void => logRequest(request, response, performance.now() - startedAt)
      response.once('close', AsyncResource.bind(log))
      next()
    })
  }
}

/** Answers what a route threw; only a bug is logged here, failures are named in the request's own line. */
export function answerErrors() {
  // Express tells an error handler by its four parameters.
  // eslint-disable-next-line max-params
  return (thrown: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const error = thrown instanceof URIError ? malformed('The path is not valid.') : thrown
    if (isFailure(error)) response.locals.failure = error
    else if (!(error instanceof ClientGone)) {
      logger.error({ err: error, method: request.method, route: routeOf(request) }, 'request failed')
    }
    sendProblem(response, error)
  }
}

function logRequest(request: Request, response: Response, durationMs: number): void {
  const failure: unknown = response.locals.failure
  const fields = {
    method: request.method,
    route: routeOf(request),
    // 499, as proxies write it: the client left before it was answered.
    status: response.writableFinished ? response.statusCode : 499,
    duration_ms: Math.round(durationMs * 10) / 10,
    ...(isFailure(failure) && { failure_kind: failure.kind, failure_code: failure.details.code }),
  }
  if (PROBES.has(fields.route)) logger.debug(fields, 'request')
  else logger.info(fields, 'request')
}

function routeOf(request: Request): string {
  const path: unknown = request.route?.path
  return typeof path === 'string' ? path : 'none'
}
