import { registerSchema, sessionSchema } from '@clarity/contracts'
import { type DocumentedRoute, created, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function postRegister({ identity, records, describe, now, rateLimit }: AccountParts): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/auth/register',
    auth: 'none',
    summary: 'Register an account',
    answers: {
      201: { description: 'The account and the tokens of its first sign-in.', schema: sessionSchema },
      409: { description: 'The e-mail has an account already.' },
    },
    body: registerSchema,
    bodyExample: { email: 'ada@example.com', password: 'correct horse battery', display_name: 'Ada' },
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
