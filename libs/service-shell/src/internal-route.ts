import { type Route, type RouteDefinition, route } from './route.ts'
import type { z } from 'zod'

type Schema = z.ZodType

/** A route that another service of ours, or an operator in its name, calls. */
export type InternalRouteDefinition<
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | 'stream' | undefined,
> = Omit<RouteDefinition<'none', P, Q, B>, 'auth'> & {
  /** Checks the `Authorization` header before anything else is read: `createServiceVerifier` of `libs/identity`. */
  readonly verify: (authorizationHeader?: string) => Promise<void>
}

/** Makes a route under `/internal/` that only the services' own accounts may call. */
export function internalRoute<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | 'stream' | undefined = undefined,
>({ verify, ...definition }: InternalRouteDefinition<P, Q, B>): Route {
  const open = route<'none', P, Q, B>({ ...definition, auth: 'none' } as RouteDefinition<'none', P, Q, B>)
  return {
    ...open,
    handler: (surroundings) => {
      const handle = open.handler(surroundings)
      return async (request, response, next) => {
        await verify(request.get('authorization'))
        await handle(request, response, next)
      }
    },
  }
}
