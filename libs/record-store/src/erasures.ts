import type { Deletion } from './deletions.ts'

/** Where the bytes of one upload lie, or may lie. */
export type StoredBytes = Pick<Deletion, 'object_path'>

/** How much an erasure removed, by kind of thing. */
export type ErasureCounts = Readonly<Record<'objects' | 'documents' | 'messages', number>>

/** People who asked to be erased. Every call may be repeated and then ends as the first one would have. */
export interface Erasures {
  /** Sets the mark that keeps every transaction from writing anything of this person again. */
  mark(userId: string, at: string): Promise<void>
  isMarked(userId: string): Promise<boolean>
  /** Every raw object that a record of this person names, a page at a time. */
  storedBytes(userId: string): AsyncIterable<readonly StoredBytes[]>
  /** Removes everything below `users/{uid}`, what other people's records say of this person, and older audit records. */
  removeDocuments(userId: string): Promise<number>
  /** Adds to the counts that stand with the mark. */
  count(userId: string, counts: Partial<ErasureCounts>): Promise<void>
  /** Writes the one audit record that stays, unless it stands. */
  finish(userId: string, at: string): Promise<void>
}
