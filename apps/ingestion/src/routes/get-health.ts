import { type ReadinessCheck, type Route, checkReadiness, ok, route } from '@clarity/service-shell'

/** A health route that anybody may ask; unlike `/ready` it answers 200 and says in `status` how things are. */
export function getHealth(path: string, checks: readonly ReadinessCheck[]): Route {
  return route({ method: 'GET', path, auth: 'none', handle: async () => ok(await checkReadiness(checks)) })
}
