import { registerSchema } from '@clarity/contracts'
import { type Route, created, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function postRegister({ identity, records, describe, now, rateLimit }: AccountParts): Route {
  return route({
    method: 'POST',
    path: '/api/v1/auth/register',
    auth: 'none',
    body: registerSchema,
    rateLimit,
    async handle({ body: { email, password, display_name } }) {
      const name = display_name === undefined ? {} : { displayName: display_name }
      const { userId, tokens } = await identity.register({ email, password, ...name })
      await records.users.put(userId, {
        ...(display_name && { display_name }),
        created_at: now().toISOString(),
      })
      accountUsed('registered')
      return created({ user: await describe(userId), tokens })
    },
  })
}
