import { refreshSchema } from '@clarity/contracts'
import { type Route, ok, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function postRefresh({ identity, rateLimit }: AccountParts): Route {
  return route({
    method: 'POST',
    path: '/api/v1/auth/refresh',
    auth: 'none',
    body: refreshSchema,
    rateLimit,
    async handle({ body }) {
      const tokens = await identity.refresh(body.refresh_token)
      accountUsed('refreshed')
      return ok({ tokens })
    },
  })
}
