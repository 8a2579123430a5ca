import { setTimeout as sleep } from 'node:timers/promises'
import { resetPasswordSchema } from '@clarity/contracts'
import { type DocumentedRoute, accepted, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

/** An answer to a request for a mail takes this long, whatever came of it: its time tells nothing either. */
const ANSWER_MS = 500

export function postResetPassword({ identity, rateLimit }: AccountParts): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/auth/reset-password',
    auth: 'none',
    summary: 'Set a new password',
    description:
      'With `email` a mail is sent if the address has an account; `oob_code` is the code of that mail.',
    answers: {
      200: {
        description: 'The new password holds, and everybody who was signed in is signed out.',
        schema: z.object({ password_reset: z.literal(true) }),
      },
      202: { description: 'Whether a mail is on its way is not told.' },
    },
    body: resetPasswordSchema,
    bodyExample: { email: 'ada@example.com' },
    rateLimit,
    async handle({ body: { email, oob_code, new_password } }) {
      if (oob_code !== undefined && new_password !== undefined) {
        await identity.resetPassword(oob_code, new_password)
        accountUsed('password_reset')
        return ok({ password_reset: true })
      }
      const answerTime = sleep(ANSWER_MS)
      void identity.sendPasswordReset(email ?? '').then(
        () => accountUsed('reset_requested'),
        () => accountUsed('reset_not_sent'),
      )
      await answerTime
      return accepted()
    },
  })
}
