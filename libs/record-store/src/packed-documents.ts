import { promisify } from 'node:util'
import { gunzip, gunzipSync, gzip, gzipSync } from 'node:zlib'
import { type PackedSamples, packSamples, type Sample, unpackSamples } from '@clarity/health-data'
import type { DocumentReference, DocumentSnapshot, Transaction } from '@google-cloud/firestore'
import { type SplitIds, withUuids, withoutUuids } from './uuid-bytes.ts'

/** Below Firestore's limit of 1 MiB a document, with room for its name. */
const PART_BYTES = 900 * 1024
/** What is no larger lies in the document itself: one read less, and no burden for who reads its fields alone. */
const OWN_BYTES = 200 * 1024
/** Up to here handing the work to another thread, and back, would cost as much as the work. */
const SHORT_TEXT = 256 * 1024
/** How many times a text of columns is as long as what it compresses to. */
const USUAL_RATIO = 8
const fastest = { level: 1 }

/** Reads documents in the order asked; a transaction's `getAll` or the client's own. */
export type ReadAll = (...documents: DocumentReference[]) => Promise<DocumentSnapshot[]>

/**
 * A list kept as gzip JSON, behind `uuid_bytes` of UUIDs, in one document with `fields`; a large one in numbered parts
 * below it, then the document holds their number.
 */
export interface Packed<T> {
  readonly document: DocumentReference
  readonly fields: Readonly<Record<string, unknown>>
  readonly items: readonly T[]
  readonly parts: number
}

/** The packed lists of those documents that exist, in the order asked: two round trips, however many there are. */
export async function readPacked<T>(
  readAll: ReadAll,
  documents: readonly DocumentReference[],
): Promise<Packed<T>[]> {
  if (documents.length === 0) return []
  return unpack<T>(readAll, await readAll(...documents))
}

/** As `readPacked`, for documents that are read already. */
export async function unpack<T>(readAll: ReadAll, heads: readonly DocumentSnapshot[]): Promise<Packed<T>[]> {
  const present = heads.filter((head) => head.exists)
  const partDocuments = present.flatMap((head) => partsOf(head.ref, 0, Number(head.get('parts'))))
  const parts = partDocuments.length === 0 ? [] : await readAll(...partDocuments)
  let next = 0
  return Promise.all(
    present.map(async (head) => {
      const count = Number(head.get('parts'))
      const { parts: _, bytes: own, uuid_bytes = 0, ...fields } = head.data() ?? {}
      const bytes = parts.slice(next, (next += count)).map((part) => part.get('bytes') as Uint8Array)
      const items = await inflate<T>(own ? [own] : bytes, uuid_bytes)
      return { document: head.ref, fields, items, parts: count }
    }),
  )
}

export interface PackedWrite {
  readonly document: DocumentReference
  readonly fields: Readonly<Record<string, unknown>>
  /** Made by `deflate`; of samples by `deflateSamples`, then one of the fields says how many `uuid_bytes` these have. */
  readonly bytes: Buffer
  /** How many parts stood there before: those that are no longer needed go. */
  readonly previousParts: number
}

/** Writes one packed list inside the transaction. */
export function writePacked(tx: Transaction, { document, fields, bytes, previousParts }: PackedWrite): void {
  const isSmall = bytes.length <= OWN_BYTES
  const parts = isSmall ? 0 : Math.ceil(bytes.length / PART_BYTES)
  tx.set(document, { ...fields, parts, ...(isSmall && { bytes }) })
  partsOf(document, 0, parts).forEach((part, index) => {
    tx.set(part, { bytes: bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES) })
  })
  for (const stale of partsOf(document, parts, previousParts)) tx.delete(stale)
}

/** Removes one packed list inside the transaction. */
export function deletePacked(tx: Transaction, document: DocumentReference, parts: number): void {
  tx.delete(document)
  for (const part of partsOf(document, 0, parts)) tx.delete(part)
}

/** The list as gzip JSON. */
export function deflate(items: readonly unknown[]): Promise<Buffer> {
  return compressed(JSON.stringify(items))
}

/** Samples as columns, and their UUIDs as bytes. */
export interface SplitSamples {
  readonly uuids: Uint8Array
  readonly columns: Omit<PackedSamples, 'id'> & { readonly id: SplitIds['ids'] }
}

export function splitSamples(samples: readonly Sample[]): SplitSamples {
  const columns = packSamples(samples)
  const { uuids, ids } = withoutUuids(columns.id)
  return { uuids, columns: { ...columns, id: ids } }
}

/** The samples as gzip JSON of their columns, behind their UUIDs. */
export async function deflateSamples({ uuids, columns }: SplitSamples): Promise<Buffer> {
  return Buffer.concat([uuids, await compressed(JSON.stringify(columns))])
}

/** The fastest level: what columns leave to be found, it finds. */
async function compressed(text: string): Promise<Buffer> {
  return text.length <= SHORT_TEXT ? gzipSync(text, fastest) : promisify(gzip)(text, fastest)
}

async function decompressed(bytes: Uint8Array): Promise<Buffer> {
  return bytes.length <= SHORT_TEXT / USUAL_RATIO ? gunzipSync(bytes) : promisify(gunzip)(bytes)
}

async function inflate<T>(parts: readonly Uint8Array[], uuidBytes: number): Promise<T[]> {
  const bytes = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
  const text = (await decompressed(bytes.subarray(uuidBytes))).toString()
  const content = JSON.parse(text) as T[] | SplitSamples['columns']
  if (Array.isArray(content)) return content
  const id = withUuids({ uuids: bytes.subarray(0, uuidBytes), ids: content.id })
  return unpackSamples({ ...content, id }) as T[]
}

function partsOf(document: DocumentReference, from: number, to: number): DocumentReference[] {
  const collection = document.collection('parts')
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => collection.doc(String(from + index)))
}
