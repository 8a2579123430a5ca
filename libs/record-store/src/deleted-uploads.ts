import { unavailable } from '@clarity/failure'
import type { Transaction } from '@google-cloud/firestore'
import type { UserDocuments } from './user-documents.ts'

/**
 * For the transaction that writes what was made of these uploads: fails as `unavailable` where one was taken out of
 * the days meanwhile. Whoever comes again finds days without it. While it is only about to be taken out, what read it
 * may still be written, and goes with it: refusing would hold up the messages before its own.
 */
export async function refuseWithdrawn(
  tx: Transaction,
  own: UserDocuments,
  uploadIds: readonly string[],
): Promise<void> {
  if (uploadIds.length === 0) return
  const deletions = await tx.getAll(...uploadIds.map((id) => own.deletion(id)))
  if (deletions.some((deletion) => typeof deletion.get('withdrawn_at') === 'string')) {
    throw unavailable({ code: 'upload_deleted_meanwhile', detail: 'An upload was deleted meanwhile.' })
  }
}
