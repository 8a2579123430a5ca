import { status } from '@grpc/grpc-js'
import type { CollectionReference, DocumentReference, Firestore, Query } from '@google-cloud/firestore'

/** What a case works with: a client, and a place of its own. */
export interface Place {
  readonly db: Firestore
  /** A document that does not exist. */
  readonly doc: DocumentReference
  /** An empty collection. */
  readonly items: CollectionReference
}

/** One fact about Firestore, as its Node client shows it: what is done in an empty place, what comes of it. */
export interface ConformanceCase {
  readonly title: string
  run(place: Place): Promise<unknown>
  readonly expected: unknown
  /** What Google's emulator answers instead, where it differs from Firestore itself, or we differ on purpose. */
  readonly google?: { readonly expected: unknown; readonly why: string }
}

/** The name of the gRPC status that a call fails with, or `OK`. */
export async function statusOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'OK'
  } catch (error) {
    return status[(error as { code?: number }).code ?? -1] ?? String(error)
  }
}

/** Writes documents by id in one batch. */
export async function fill(
  collection: CollectionReference,
  documents: Readonly<Record<string, object>>,
): Promise<void> {
  const batch = collection.firestore.batch()
  for (const [id, data] of Object.entries(documents)) batch.set(collection.doc(id), data)
  await batch.commit()
}

/** The ids that a query finds, in its order. */
export async function idsOf(query: Query): Promise<string[]> {
  return (await query.get()).docs.map(({ id }) => id)
}

/** The client's own way of sending a request that none of its methods makes. */
interface RawClient {
  readonly formattedName: string
  request(method: string, request: object, tag: string): Promise<unknown>
}

/** Sends a request as the protocol has it, to the client's own database. */
export function sendRaw<Answer>(db: Firestore, method: string, request: object): Promise<Answer> {
  const raw = db as unknown as RawClient
  return raw.request(method, { database: raw.formattedName, ...request }, 'conformance') as Promise<Answer>
}

/** The full name of a document. */
export function nameOf(doc: DocumentReference): string {
  return `${(doc.firestore as unknown as RawClient).formattedName}/documents/${doc.path}`
}
