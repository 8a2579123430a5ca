import { refreshSchema, refreshedSchema } from '@clarity/contracts'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function postRefresh({ identity, rateLimit }: AccountParts): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/auth/refresh',
    auth: 'none',
    summary: 'Get new tokens for a refresh token',
    answers: {
      200: { description: 'New tokens of the same sign-in.', schema: refreshedSchema },
      401: { description: 'The refresh token is foreign or was revoked, or the account is disabled.' },
    },
    body: refreshSchema,
    bodyExample: { refresh_token: 'the refresh_token of the last sign-in' },
    rateLimit,
    async handle({ body }) {
      const tokens = await identity.refresh(body.refresh_token)
      accountUsed('refreshed')
      return ok({ tokens })
    },
  })
}
