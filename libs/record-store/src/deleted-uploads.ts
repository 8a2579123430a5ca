import { unavailable } from '@clarity/failure'
import type { Transaction } from '@google-cloud/firestore'
import type { UserDocuments } from './user-documents.ts'

/**
 * For the transaction that writes what was made of these uploads: fails as `unavailable` where one was deleted
 * meanwhile. Whoever comes again finds days without it.
 */
export async function refuseDeleted(
  tx: Transaction,
  own: UserDocuments,
  uploadIds: readonly string[],
): Promise<void> {
  if (uploadIds.length === 0) return
  const deletions = await tx.getAll(...uploadIds.map((id) => own.deletion(id)))
  if (deletions.some(({ exists }) => exists)) {
    throw unavailable({ code: 'upload_deleted_meanwhile', detail: 'An upload was deleted meanwhile.' })
  }
}
