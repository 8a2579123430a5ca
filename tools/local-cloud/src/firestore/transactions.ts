import { randomUUID } from 'node:crypto'
import type { LockOwner, LockTable } from './locks.ts'
import type { TransactionOptions } from './messages.ts'
import { StatusError, invalidArgument } from './status.ts'
import { type DocumentStore, HISTORY_MICROS } from './store.ts'
import { type Micros, toMicros } from './timestamps.ts'

/** A transaction under way: it reads under locks that it holds to its end, or, read-only, the state of one moment. */
export interface Transaction extends LockOwner {
  readonly id: Buffer
  readonly database: string
  readonly readOnly: boolean
  /** The one moment whose state it sees; `undefined` while it reads the latest state under locks. */
  readonly snapshot: Micros | undefined
}

export interface Transactions {
  begin(database: string, options: TransactionOptions | undefined, peer: string): Transaction
  /** Runs `work` as a step of the transaction, which does not expire meanwhile; INVALID_ARGUMENT if it has ended. */
  use<T>(id: Uint8Array, peer: string, work: (transaction: Transaction) => Promise<T>): Promise<T>
  /**
   * Gives up the locks of a transaction that others would wait for in a circle. It goes on reading the state of
   * this moment, which all that it has read belongs to, and fails when it commits: a client repeats a failed
   * commit at once, a failed read only after seconds.
   */
  yield(transaction: Transaction): void
  /** Ends a transaction and frees its locks; nothing happens to one that has ended. */
  end(transaction: Pick<Transaction, 'id'>): void
  /** A client's connection closed: transactions last used over it have little time to move to another. */
  disconnected(peer: string): void
  endAll(): void
}

interface Entry {
  readonly transaction: Transaction & { snapshot: Micros | undefined }
  peer: string
  active: number
  /** How long it may be left alone. */
  idleMs: number
  timer: NodeJS.Timeout | undefined
}

/** As Firestore: a transaction ends after this idle time. */
const IDLE_MS = 60_000
/**
 * Firestore would keep the locks of a killed client for the whole idle time; here its closed connection is seen,
 * and the next attempt need not wait. Not at once, since a client's pool may close one connection and go on over another.
 */
const DISCONNECTED_MS = 1_000

export function createTransactions(store: DocumentStore, locks: LockTable): Transactions {
  const entries = new Map<string, Entry>()

  const end = ({ id }: Pick<Transaction, 'id'>) => {
    const entry = entries.get(id.toString('hex'))
    if (!entry) return
    clearTimeout(entry.timer)
    entries.delete(id.toString('hex'))
    locks.release(entry.transaction)
  }
  const expireWhenIdle = (entry: Entry) => {
    clearTimeout(entry.timer)
    entry.timer = setTimeout(() => entry.active === 0 && end(entry.transaction), entry.idleMs).unref()
  }

  return {
    end,
    yield(transaction) {
      const entry = entries.get(transaction.id.toString('hex'))
      if (!entry) return
      entry.transaction.snapshot ??= store.clock.now()
      locks.release(transaction)
    },
    begin(database, options, peer) {
      const id = Buffer.from(randomUUID())
      const readOnly = options?.readOnly !== undefined
      const transaction = { id, database, readOnly, snapshot: snapshotOf(store, options) }
      const entry: Entry = { transaction, peer, active: 0, idleMs: IDLE_MS, timer: undefined }
      entries.set(id.toString('hex'), entry)
      expireWhenIdle(entry)
      return transaction
    },
    async use(id, peer, work) {
      const entry = entries.get(Buffer.from(id).toString('hex'))
      if (!entry) throw invalidArgument('The referenced transaction has expired or is no longer valid.')
      entry.peer = peer
      entry.idleMs = IDLE_MS
      entry.active += 1
      try {
        return await work(entry.transaction)
      } finally {
        entry.active -= 1
        expireWhenIdle(entry)
      }
    },
    disconnected(peer) {
      for (const entry of entries.values()) {
        if (entry.peer !== peer) continue
        entry.idleMs = DISCONNECTED_MS
        expireWhenIdle(entry)
      }
    },
    endAll: () => [...entries.values()].forEach((entry) => end(entry.transaction)),
  }
}

function snapshotOf(store: DocumentStore, options: TransactionOptions | undefined): Micros | undefined {
  if (!options?.readOnly) return undefined
  return options.readOnly.readTime
    ? pastMoment(store, toMicros(options.readOnly.readTime))
    : store.clock.now()
}

/** Whether an id has the form of those that `begin` gives. */
export function isTransactionId(id: Uint8Array | undefined): id is Uint8Array {
  return id?.length === randomUUID().length
}

/** Checks that a read may ask for the state of that moment. */
export function pastMoment(store: DocumentStore, moment: Micros): Micros {
  const now = store.clock.now()
  if (moment > now) throw invalidArgument('The requested read time lies in the future.')
  if (moment < now - HISTORY_MICROS) {
    throw new StatusError('FAILED_PRECONDITION', 'The requested read time is too old.')
  }
  return moment
}
