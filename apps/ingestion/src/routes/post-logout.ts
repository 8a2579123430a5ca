import { type Route, noContent, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function postLogout({ identity }: AccountParts): Route {
  return route({
    method: 'POST',
    path: '/api/v1/auth/logout',
    auth: 'firebase',
    async handle({ caller }) {
      await identity.revoke(caller.userId)
      accountUsed('logged_out')
      return noContent()
    },
  })
}
