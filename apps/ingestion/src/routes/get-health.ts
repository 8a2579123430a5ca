import { healthSchema } from '@clarity/contracts'
import { type DocumentedRoute, type ReadinessCheck, heldHealth, ok, route } from '@clarity/service-shell'

const HOLD_MS = 5000

/** A health route that anybody may ask; unlike `/ready` it answers 200 and says in `status` how things are, or were a few seconds ago. */
export function getHealth(path: string, checks: readonly ReadinessCheck[]): DocumentedRoute {
  const health = heldHealth(checks, HOLD_MS)
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
    handle: async () => ok(await health()),
  })
}
