import {
  type Consent,
  type Page,
  consentSchema,
  grantConsentSchema,
  limitSchema,
  pageSchema,
} from '@clarity/contracts'
import { invalid } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import { type DocumentedRoute, noContent, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import type { Cursors } from '../cursors.ts'
import { accountUsed } from '../events.ts'
import { userIdSchema } from '../use-cases/subject-of.ts'

export interface ConsentParts {
  readonly records: RecordStore
  readonly cursors: Cursors
  readonly now: () => Date
}

const clinician = z.object({ clinician_id: userIdSchema })

export function getConsents({ records, cursors }: ConsentParts): DocumentedRoute {
  return route({
    method: 'GET',
    path: '/api/v1/consents',
    auth: 'firebase',
    permission: 'read_own_data',
    summary: 'List who may read the own data',
    answers: { 200: { description: 'A page of consents, newest first.', schema: pageSchema(consentSchema) } },
    query: z.object({ limit: limitSchema, cursor: z.string().min(1).max(1024).optional() }),
    async handle({ caller, query: { limit, cursor } }) {
      const scope = `consents/${caller.userId}`
      const { data, next } = await records.consents.list(caller.userId, {
        limit,
        ...(cursor !== undefined && { cursor: cursors.read(cursor, scope) }),
      })
      const next_cursor = next && cursors.write(next, scope)
      return ok({ data, pagination: { next_cursor, page_size: limit } } satisfies Page<Consent>)
    },
  })
}

export function putConsent({ records, now }: ConsentParts): DocumentedRoute {
  return route({
    method: 'PUT',
    path: '/api/v1/consents/:clinician_id',
    auth: 'firebase',
    permission: 'write_own_data',
    summary: 'Let a clinician read the own data',
    description: 'Holds until `expires_at`, or until it is withdrawn. Takes the place of an earlier consent.',
    answers: { 204: { description: 'Whoever has this id and the role of a clinician may read.' } },
    params: clinician,
    paramsExample: { clinician_id: 'dr-lovelace' },
    body: grantConsentSchema.optional(),
    bodyExample: { expires_at: '2100-01-01T00:00:00Z' },
    async handle({ caller, params: { clinician_id }, body }) {
      const granted_at = now().toISOString()
      const expires_at = body?.expires_at ? new Date(body.expires_at).toISOString() : null
      if (expires_at !== null && expires_at <= granted_at) throw expired()
      await records.consents.grant(caller.userId, { clinician_id, granted_at, expires_at })
      accountUsed('consent_granted')
      return noContent()
    },
  })
}

export function deleteConsent({ records, now }: ConsentParts): DocumentedRoute {
  return route({
    method: 'DELETE',
    path: '/api/v1/consents/:clinician_id',
    auth: 'firebase',
    permission: 'write_own_data',
    summary: 'Withdraw a consent',
    answers: { 204: { description: 'There is no such consent any more; also where there was none.' } },
    params: clinician,
    paramsExample: { clinician_id: 'dr-lovelace' },
    async handle({ caller, params: { clinician_id: clinicianId } }) {
      await records.consents.withdraw(caller.userId, { clinicianId, at: now().toISOString() })
      accountUsed('consent_withdrawn')
      return noContent()
    },
  })
}

function expired(): Error {
  return invalid({
    detail: 'The consent would have ended already.',
    errors: [{ path: 'expires_at', reason: 'is in the past' }],
  })
}
