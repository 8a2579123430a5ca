import { type DocumentedRoute, accepted, route } from '@clarity/service-shell'
import { z } from 'zod'
import type { eraseAccount } from '../use-cases/erase-account.ts'

const erasureSchema = z.object({ status: z.literal('erasing') })

export function deleteMe(erase: ReturnType<typeof eraseAccount>): DocumentedRoute {
  return route({
    method: 'DELETE',
    path: '/api/v1/auth/me',
    auth: 'firebase',
    summary: 'Erase yourself',
    description:
      'The account and everything held of the person is erased: uploads, days, analyses, insights and messages. This cannot be undone.',
    answers: {
      202: {
        description: 'The account is gone, and what was held is being erased.',
        schema: erasureSchema,
        example: { status: 'erasing' },
      },
    },
    async handle({ caller }) {
      await erase(caller.userId)
      return accepted({ status: 'erasing' } satisfies z.output<typeof erasureSchema>)
    },
  })
}
