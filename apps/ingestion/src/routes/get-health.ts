import { healthSchema } from '@clarity/contracts'
import { type DocumentedRoute, type ReadinessCheck, checkReadiness, ok, route } from '@clarity/service-shell'

/** A health route that anybody may ask; unlike `/ready` it answers 200 and says in `status` how things are. */
export function getHealth(path: string, checks: readonly ReadinessCheck[]): DocumentedRoute {
  return route({
    method: 'GET',
    path,
    auth: 'none',
    summary: 'Ask whether this part works',
    answers: {
      200: {
        description: 'How things are; also where they are not well.',
        schema: healthSchema,
        example: { status: 'ok', checks: Object.fromEntries(checks.map(({ name }) => [name, 'ok'])) },
      },
    },
    handle: async () => ok(await checkReadiness(checks)),
  })
}
