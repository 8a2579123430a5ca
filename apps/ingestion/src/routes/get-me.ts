import { userSchema } from '@clarity/contracts'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import type { AccountParts } from './account-parts.ts'

export function getMe({ describe }: AccountParts): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/auth/me',
    auth: 'firebase',
    summary: 'Read the own account',
    answers: { 200: { description: 'The account, its role and what the role may do.', schema: userSchema } },
    handle: async ({ caller }) => ok(await describe(caller.userId)),
  })
}
