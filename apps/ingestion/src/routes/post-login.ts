import { loginSchema, sessionSchema } from '@clarity/contracts'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

export function postLogin({ identity, describe, rateLimit }: AccountParts): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/auth/login',
    auth: 'none',
    summary: 'Sign in',
    answers: {
      200: { description: 'The account and new tokens.', schema: sessionSchema },
      401: { description: 'The e-mail or the password is wrong; which of them is not told.' },
    },
    body: loginSchema,
    bodyExample: { email: 'ada@example.com', password: 'correct horse battery' },
    rateLimit,
    async handle({ body }) {
      const { userId, tokens } = await identity.login(body)
      accountUsed('logged_in')
      return ok({ user: await describe(userId), tokens })
    },
  })
}
