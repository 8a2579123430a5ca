import { type CollectionReference, FieldPath } from '@google-cloud/firestore'
import type { Page, PageOf } from './record-store.ts'

/**
 * One page of a collection, newest first by the text field `timeField`, ids breaking ties.
 * Documents without that field are left out. The index that Firestore makes by itself serves it.
 */
export async function newestFirst<T>(
  collection: CollectionReference,
  timeField: keyof T & string,
  { limit, cursor }: Page,
): Promise<PageOf<T>> {
  const ordered = collection.orderBy(timeField, 'desc').orderBy(FieldPath.documentId(), 'desc')
  const rest = cursor ? ordered.startAfter(cursor.at, cursor.id) : ordered
  const { docs } = await rest.limit(limit + 1).get()
  const last = docs.length > limit ? docs[limit - 1] : undefined
  return {
    data: docs.slice(0, limit).map((document) => document.data() as T),
    next: last ? { at: String(last.get(timeField)), id: last.id } : null,
  }
}
