import { notFound, unavailable } from '@clarity/failure'
import express, { type Express } from 'express'
import { sendMethodNotAllowed, sendProblem } from './problem.ts'
import { type ReadinessCheck, heldHealth } from './readiness.ts'
import { answerErrors, logRequests } from './request-log.ts'
import type { Route, RouteSurroundings } from './route.ts'

// In front of Cloud Run stand its own proxy and the load balancer; nothing does elsewhere.
const CLOUD_RUN_PROXIES = 2

export interface AppOptions {
  readonly routes: readonly Route[]
  readonly readiness: readonly ReadinessCheck[]
  readonly surroundings: RouteSurroundings
}

/** The HTTP face of a service: its routes, health, and one answer for everything that goes wrong. */
export function createApp({ routes, readiness, surroundings }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', surroundings.onCloudRun ? CLOUD_RUN_PROXIES : 0)
  app.use(logRequests())
  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' })
  })
  // Whoever waits for the service to be ready is told at once: nothing is held.
  const health = heldHealth(readiness, 0)
  app.get('/ready', async (_request, response) => {
    const { status, checks } = await health()
    if (status === 'ok') response.json({ status, checks })
    else sendProblem(response, unavailable('Not ready yet.'), { checks })
  })
  for (const route of routes) {
    app[verb(route)](route.path, route.handler(surroundings))
  }
  answerWrongMethods(app, [{ method: 'GET', path: '/health' }, { method: 'GET', path: '/ready' }, ...routes])
  app.use(() => {
    throw notFound('There is nothing at this path.')
  })
  app.use(answerErrors())
  return app
}

function verb(route: Route) {
  return route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
}

function answerWrongMethods(app: Express, routes: readonly Pick<Route, 'method' | 'path'>[]): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method)
    app.all(path, (_request, response) => sendMethodNotAllowed(response, methods))
  }
}
