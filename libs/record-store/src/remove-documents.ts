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

/** Removes everything below a document, whatever lies there, and then the document itself; answers how many. */
export async function removeTree(firestore: Firestore, document: DocumentReference): Promise<number> {
  let removed = 0
  for (const collection of await document.listCollections()) {
    // Documents that are gone but hold collections of their own are listed as well.
    const listed = await collection.listDocuments()
    for (const child of listed) removed += await removeTree(firestore, child)
  }
  return removed + (await removeAll(firestore, [document]))
}
