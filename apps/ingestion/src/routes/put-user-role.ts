import { ROLE_PERMISSIONS, changeRoleSchema, userRoleSchema } from '@clarity/contracts'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { accountUsed } from '../events.ts'
import { userIdSchema } from '../use-cases/subject-of.ts'
import type { AccountParts } from './account-parts.ts'

export function putUserRole({ identity, records, now }: AccountParts): DocumentedRoute {
  return route({
    method: 'PUT',
    path: '/api/v1/admin/users/:id/role',
    auth: 'firebase',
    permission: 'manage_users',
    summary: 'Give a user a role',
    description: 'Holds at once, also for the tokens that the user has now.',
    answers: { 200: { description: 'The role and what it may do.', schema: userRoleSchema } },
    params: z.object({ id: userIdSchema }),
    body: changeRoleSchema,
    bodyExample: { role: 'clinician' },
    async handle({ caller, params, body: { role } }) {
      const { userId } = await identity.setRole(params.id, role)
      await records.audits.roleChanged({ userId, actorId: caller.userId, role, at: now().toISOString() })
      accountUsed('role_changed')
      return ok({ user_id: userId, role, permissions: [...ROLE_PERMISSIONS[role]] })
    },
  })
}
