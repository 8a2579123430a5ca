import { type Route, ok, route } from '@clarity/service-shell'
import type { AccountParts } from './account-parts.ts'

export function getMe({ describe }: AccountParts): Route {
  return route({
    method: 'GET',
    path: '/api/v1/auth/me',
    auth: 'firebase',
    handle: async ({ caller }) => ok(await describe(caller.userId)),
  })
}
