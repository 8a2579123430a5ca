import { verifyEmailSchema } from '@clarity/contracts'
import { type DocumentedRoute, accepted, bearerToken, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { accountUsed } from '../events.ts'
import type { AccountParts } from './account-parts.ts'

/** One path for both halves: whoever has the mail need not be signed in where it is read. */
export function postVerifyEmail({ identity, rateLimit }: AccountParts): DocumentedRoute {
  return route({
    method: 'POST',
    path: '/api/v1/auth/verify-email',
    auth: 'none',
    takesToken: true,
    summary: 'Verify an e-mail address',
    description:
      'With a token and no code a mail is sent; the code of that mail, sent without a token, confirms.',
    answers: {
      200: { description: 'The address is verified.', schema: z.object({ email_verified: z.literal(true) }) },
      202: { description: 'A mail with a code is on its way.' },
      401: { description: 'Neither a code nor a valid token.' },
    },
    body: verifyEmailSchema.optional(),
    bodyExample: {},
    rateLimit,
    async handle({ body, header }) {
      if (body?.oob_code !== undefined) {
        await identity.confirmEmail(body.oob_code)
        accountUsed('email_verified')
        return ok({ email_verified: true })
      }
      const token = bearerToken(header('authorization'))
      await identity.verify(token)
      await identity.sendVerification(token)
      accountUsed('verification_sent')
      return accepted()
    },
  })
}
