import { updateMeSchema, userSchema } from '@clarity/contracts'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function putMe({ identity, records, describe }: AccountParts): DocumentedRoute {
  return route({
    method: 'PUT',
    path: '/api/v1/auth/me',
    auth: 'firebase',
    summary: 'Change name or time zone',
    answers: { 200: { description: 'The account as it is now.', schema: userSchema } },
    body: updateMeSchema,
    bodyExample: { display_name: 'Ada', timezone: 'Europe/Berlin' },
    async handle({ caller, body: { display_name, timezone } }) {
      if (display_name !== undefined) await identity.updateUser(caller.userId, { displayName: display_name })
      await records.users.put(caller.userId, {
        ...(display_name !== undefined && { display_name }),
        ...(timezone !== undefined && { timezone }),
      })
      accountUsed('updated')
      return ok(await describe(caller.userId))
    },
  })
}
