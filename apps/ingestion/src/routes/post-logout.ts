import { type DocumentedRoute, noContent, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function postLogout({ identity }: AccountParts): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/auth/logout',
    auth: 'firebase',
    summary: 'Sign out everywhere',
    answers: { 204: { description: 'All tokens issued so far are refused.' } },
    async handle({ caller }) {
      await identity.revoke(caller.userId)
      accountUsed('logged_out')
      return noContent()
    },
  })
}
