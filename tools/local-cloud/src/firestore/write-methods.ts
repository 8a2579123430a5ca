import { randomBytes } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { type Backend, type Caller, toMessage } from './backend.ts'
import { parseFieldPath, project } from './field-paths.ts'
import type {
  DocumentMask,
  DocumentMessage,
  Precondition,
  TransactionOptions,
  Write,
  WriteResult,
} from './messages.ts'
import {
  type ResourcePath,
  formatName,
  parseDatabase,
  parseDocumentName,
  parseParent,
} from './resource-names.ts'
import { StatusError, contention, invalidArgument } from './status.ts'
import { type Micros, toTimestamp } from './timestamps.ts'
import { type Transaction, isTransactionId } from './transactions.ts'
import { type PreparedWrite, applyWrite, prepareWrite } from './writes.ts'

export interface BeginTransactionRequest {
  readonly database: string
  readonly options?: TransactionOptions
}

export function beginTransaction(
  { transactions }: Backend,
  request: BeginTransactionRequest,
  caller: Caller,
) {
  const { id } = transactions.begin(parseDatabase(request.database), request.options, caller.peer)
  return { transaction: id }
}

export interface RollbackRequest {
  readonly database: string
  readonly transaction?: Uint8Array
}

/** Ends a transaction; one that has ended before is left as it is. */
export function rollback({ transactions }: Backend, { transaction }: RollbackRequest) {
  if (!isTransactionId(transaction)) throw invalidArgument('Invalid transaction.')
  transactions.end({ id: Buffer.from(transaction) })
  return {}
}

export interface CommitRequest {
  readonly database: string
  readonly writes: readonly Write[]
  readonly transaction?: Uint8Array
}

/** All writes or none, in their order; in a transaction, after what it has read was held since. */
export async function commit(backend: Backend, request: CommitRequest, caller: Caller) {
  const database = parseDatabase(request.database)
  const writes = request.writes.map((write) => prepareWrite(write, database))
  const { transactions } = backend
  const { time, results } = request.transaction?.length
    ? await transactions.use(request.transaction, caller.peer, (transaction) =>
        commitTransaction(backend, { transaction, writes, caller }),
      )
    : await commitAs(backend, { owner: {}, writes, caller })
  return { writeResults: results, commitTime: toTimestamp(time) }
}

interface CommitOptions {
  readonly owner: object
  readonly writes: readonly PreparedWrite[]
  readonly caller: Caller
}

interface Committed {
  readonly time: Micros
  readonly results: WriteResult[]
}

async function commitTransaction(
  backend: Backend,
  { transaction, writes, caller }: Omit<CommitOptions, 'owner'> & { readonly transaction: Transaction },
): Promise<Committed> {
  if (transaction.readOnly && writes.length > 0) {
    throw invalidArgument('Cannot modify entities in a read-only transaction.')
  }
  try {
    if (!transaction.readOnly && transaction.snapshot !== undefined) throw contention()
    return await commitAs(backend, { owner: transaction, writes, caller })
  } finally {
    backend.transactions.end(transaction)
  }
}

async function commitAs(backend: Backend, { owner, writes, caller }: CommitOptions): Promise<Committed> {
  const { store, locks, changes } = backend
  const paths = writes.map(({ path }) => path)
  await locks.acquire(
    owner,
    paths.map((document) => ({ document })),
    caller.signal,
  )
  try {
    const committed = store.commit((time) => ({
      time,
      results: writes.map((write) => applyWrite(store, write, time)),
    }))
    changes.publish(paths, committed.time)
    return committed
  } finally {
    locks.release(owner)
  }
}

export interface BatchWriteRequest {
  readonly database: string
  readonly writes: readonly Write[]
}

/** Each write for itself: one that fails leaves the others alone and says so in its status. */
export async function batchWrite(backend: Backend, request: BatchWriteRequest, caller: Caller) {
  const database = parseDatabase(request.database)
  const writes = request.writes.map((write) => prepareWrite(write, database))
  const names = writes.map(({ path }) => formatName(path))
  if (new Set(names).size < names.length) throw invalidArgument('A batch may write a document only once.')
  const outcomes = await Promise.all(
    writes.map(async (write) => {
      try {
        const { results } = await commitAs(backend, { owner: {}, writes: [write], caller })
        return { result: results[0] ?? {}, status: { code: status.OK } }
      } catch (error) {
        if (!(error instanceof StatusError)) throw error
        return { result: {}, status: { code: error.code, message: error.details } }
      }
    }),
  )
  return {
    writeResults: outcomes.map(({ result }) => result),
    status: outcomes.map((outcome) => outcome.status),
  }
}

export interface CreateDocumentRequest {
  readonly parent: string
  readonly collectionId: string
  readonly documentId?: string
  readonly document?: DocumentMessage
  readonly mask?: DocumentMask
}

export async function createDocument(backend: Backend, request: CreateDocumentRequest, caller: Caller) {
  parseParent(request.parent)
  const name = `${request.parent}/${request.collectionId}/${request.documentId || randomBytes(10).toString('hex')}`
  const update = { name, fields: request.document?.fields ?? {} }
  return writeOne(backend, {
    write: { update, currentDocument: { exists: false } },
    mask: request.mask,
    caller,
  })
}

export interface UpdateDocumentRequest {
  readonly document?: DocumentMessage
  readonly updateMask?: DocumentMask
  readonly mask?: DocumentMask
  readonly currentDocument?: Precondition
}

export async function updateDocument(backend: Backend, request: UpdateDocumentRequest, caller: Caller) {
  if (!request.document) throw invalidArgument('A document is required.')
  const { document: update, updateMask, currentDocument, mask } = request
  const write = { update, ...(updateMask && { updateMask }), ...(currentDocument && { currentDocument }) }
  return writeOne(backend, { write, mask, caller })
}

export interface DeleteDocumentRequest {
  readonly name: string
  readonly currentDocument?: Precondition
}

export async function deleteDocument(backend: Backend, request: DeleteDocumentRequest, caller: Caller) {
  const { currentDocument } = request
  const write = { delete: request.name, ...(currentDocument && { currentDocument }) }
  const prepared = prepareWrite(write, parseDocumentName(request.name).database)
  await commitAs(backend, { owner: {}, writes: [prepared], caller })
  return {}
}

async function writeOne(
  backend: Backend,
  { write, mask, caller }: { write: Write; mask: DocumentMask | undefined; caller: Caller },
): Promise<DocumentMessage> {
  const path: ResourcePath = parseDocumentName(write.update?.name)
  await commitAs(backend, { owner: {}, writes: [prepareWrite(write, path.database)], caller })
  const stored = backend.store.get(path)
  if (!stored) throw new StatusError('ABORTED', 'The document was deleted at the same time.')
  const fields = mask ? project(stored.fields, mask.fieldPaths.map(parseFieldPath)) : stored.fields
  return toMessage({ ...stored, fields })
}
