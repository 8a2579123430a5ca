import { loginSchema } from '@clarity/contracts'
import { type Route, ok, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function postLogin({ identity, describe, rateLimit }: AccountParts): Route {
  return route({
    method: 'POST',
    path: '/api/v1/auth/login',
    auth: 'none',
    body: loginSchema,
    rateLimit,
    async handle({ body }) {
      const { userId, tokens } = await identity.login(body)
      accountUsed('logged_in')
      return ok({ user: await describe(userId), tokens })
    },
  })
}
