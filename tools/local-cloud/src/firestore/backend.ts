import { status } from '@grpc/grpc-js'
import { LockTable, type LockTarget } from './locks.ts'
import type { ConsistencySelector, DocumentMessage } from './messages.ts'
import { type ResourcePath, formatName } from './resource-names.ts'
import { StatusError, invalidArgument } from './status.ts'
import type { DocumentStore, StoredDocument } from './store.ts'
import { type Micros, toMicros, toTimestamp } from './timestamps.ts'
import { type Transaction, type Transactions, createTransactions, pastMoment } from './transactions.ts'

/** Who calls: the connection's address, and a signal for when the call is over. */
export interface Caller {
  readonly peer: string
  readonly signal: AbortSignal
}

/** What the methods of the service work on. */
export interface Backend {
  readonly store: DocumentStore
  readonly locks: LockTable
  readonly transactions: Transactions
  readonly changes: ChangeFeed
}

/** Tells listeners which documents a commit has touched. */
export interface ChangeFeed {
  publish(paths: readonly ResourcePath[], time: Micros): void
  subscribe(listener: (paths: readonly ResourcePath[], time: Micros) => void): () => void
}

export function createBackend(store: DocumentStore): Backend {
  const locks = new LockTable()
  return { store, locks, transactions: createTransactions(store, locks), changes: createChangeFeed() }
}

function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(paths: readonly ResourcePath[], time: Micros) => void>()
  return {
    publish: (paths, time) => listeners.forEach((listener) => listener(paths, time)),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export interface ReadRequest {
  readonly selector: ConsistencySelector
  readonly database: string
  readonly caller: Caller
  /** What is read: locked if the read belongs to a transaction that may write. */
  readonly targets: readonly LockTarget[]
}

export interface ReadResult<T> {
  readonly result: T
  readonly readTime: Micros
  /** The id of the transaction that the read began, if it was to begin one. */
  readonly transaction: Buffer | undefined
}

/** Reads with the consistency asked for: in a transaction, a new one, at a past moment, or the latest state. */
export async function readConsistently<T>(
  { transactions, locks, store }: Backend,
  { selector, database, caller, targets }: ReadRequest,
  read: (at: Micros | undefined) => T,
): Promise<ReadResult<T>> {
  const inTransaction = async (transaction: Transaction) => {
    if (transaction.database !== database)
      throw invalidArgument('The transaction belongs to another database.')
    if (transaction.snapshot === undefined) {
      await locks.acquire(transaction, targets, caller.signal).catch((error: unknown) => {
        if (!isContention(error)) throw error
        transactions.yield(transaction)
      })
    }
    const { snapshot } = transaction
    return { result: read(snapshot), readTime: snapshot ?? store.clock.now(), transaction: undefined }
  }
  if (selector.transaction?.length) return transactions.use(selector.transaction, caller.peer, inTransaction)
  if (selector.newTransaction) {
    const started = transactions.begin(database, selector.newTransaction, caller.peer)
    try {
      const done = await transactions.use(started.id, caller.peer, inTransaction)
      return { ...done, transaction: started.id }
    } catch (error) {
      transactions.end(started)
      throw error
    }
  }
  const at = selector.readTime && pastMoment(store, toMicros(selector.readTime))
  return { result: read(at), readTime: at ?? store.clock.now(), transaction: undefined }
}

function isContention(error: unknown): boolean {
  return error instanceof StatusError && error.code === status.ABORTED
}

/** A stored document as the protocol shows it. */
export function toMessage({ path, fields, created, updated }: StoredDocument): DocumentMessage {
  return {
    name: formatName(path),
    fields,
    createTime: toTimestamp(created),
    updateTime: toTimestamp(updated),
  }
}
