import type { DocumentReference, Firestore } from '@google-cloud/firestore'

/** Documents of one commit: far below the size that a commit may have. */
const BATCH = 200

/** Removes these documents in the order given, some of them a commit; one that is gone is fine. */
export async function removeAll(
  firestore: Firestore,
  documents: readonly DocumentReference[],
): Promise<number> {
  for (let start = 0; start < documents.length; start += BATCH) {
    const batch = firestore.batch()
    for (const document of documents.slice(start, start + BATCH)) batch.delete(document)
    await batch.commit()
  }
  return documents.length
}

/** Removes a document and everything below it, whatever lies there; answers how many documents. */
export async function removeTree(firestore: Firestore, document: DocumentReference): Promise<number> {
  let removed = 0
  const writer = firestore.bulkWriter()
  writer.onWriteResult(() => (removed += 1))
  await firestore.recursiveDelete(document, writer)
  await writer.close()
  return removed
}
