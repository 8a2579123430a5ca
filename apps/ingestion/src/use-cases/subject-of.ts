import { ROLE_PERMISSIONS } from '@clarity/contracts'
import { notFound } from '@clarity/failure'
import type { RecordStore } from '@clarity/record-store'
import type { Caller } from '@clarity/service-shell'
import { z } from 'zod'

/** A user id as a path or a query names it: opaque, but nobody has one that cannot name a document. */
export const userIdSchema = z.string().min(1).max(128).refine(canNameDocument, 'is no user id')

function canNameDocument(id: string): boolean {
  return id.isWellFormed() && encodeURIComponent(id).length <= 1024 && !/^(\.{1,2}|__.*__)$/.test(id)
}

/** The query of every route that reads health data; with a schema of its own, `z.object({ ...subjectQuery.shape, … })`. */
export const subjectQuery = z.object({
  user_id: userIdSchema
    .optional()
    .describe('whose data, for a clinician with that person’s consent; the caller’s own without it'),
})

/**
 * Whose data a request is about: the caller's own, or that of a person who consented to the caller reading it and is
 * not marked as erased. Fails `not-found` in every other case, so that nobody learns who is a user.
 */
export type SubjectOf = (caller: Caller, userId?: string) => Promise<string>

export function subjectOf({ records, now }: { records: RecordStore; now: () => Date }): SubjectOf {
  return async (caller, userId = caller.userId) => {
    if (userId === caller.userId) return userId
    const mayRead = ROLE_PERMISSIONS[caller.role].includes('read_patient_data')
    const consent = mayRead ? await records.consents.get(userId, caller.userId) : null
    const isStanding =
      consent !== null && (consent.expires_at === null || consent.expires_at > now().toISOString())
    if (!isStanding) throw notFound('There is no such thing.')
    return userId
  }
}
