import { type Backend, type Caller, readConsistently, toMessage } from './backend.ts'
import { parseFieldPath, project } from './field-paths.ts'
import type { ConsistencySelector, DocumentMask, DocumentMessage, Timestamp } from './messages.ts'
import {
  type ResourcePath,
  checkId,
  formatName,
  parseDatabase,
  parseDocumentName,
  parseParent,
} from './resource-names.ts'
import { StatusError, invalidArgument } from './status.ts'
import type { StoredDocument } from './store.ts'
import { type Micros, toTimestamp } from './timestamps.ts'

export interface GetDocumentRequest extends ConsistencySelector {
  readonly name: string
  readonly mask?: DocumentMask
}

export async function getDocument(backend: Backend, request: GetDocumentRequest, caller: Caller) {
  const path = parseDocumentName(request.name)
  const { result } = await readConsistently(
    backend,
    { selector: request, database: path.database, caller, targets: [{ document: path }] },
    (at) => backend.store.get(path, at),
  )
  if (!result) throw new StatusError('NOT_FOUND', `Document not found: ${request.name}`)
  return toMessage(masked(result, request.mask))
}

export interface BatchGetDocumentsRequest extends ConsistencySelector {
  readonly database: string
  readonly documents: readonly string[]
  readonly mask?: DocumentMask
}

export interface BatchGetDocumentsResponse {
  readonly found?: DocumentMessage
  readonly missing?: string
  readonly transaction?: Buffer | undefined
  readonly readTime?: Timestamp
}

export async function batchGetDocuments(
  backend: Backend,
  request: BatchGetDocumentsRequest,
  caller: Caller,
): Promise<BatchGetDocumentsResponse[]> {
  const database = parseDatabase(request.database)
  const paths = [...new Set(request.documents)].map((name) => {
    const path = parseDocumentName(name)
    if (path.database !== database) throw invalidArgument(`Document "${name}" belongs to another database.`)
    return path
  })
  const { result, readTime, transaction } = await readConsistently(
    backend,
    { selector: request, database, caller, targets: paths.map((document) => ({ document })) },
    (at) => paths.map((path) => ({ path, document: backend.store.get(path, at) })),
  )
  const time = toTimestamp(readTime)
  const documents = result.map(({ path, document }) =>
    document
      ? { found: toMessage(masked(document, request.mask)), readTime: time }
      : { missing: formatName(path), readTime: time },
  )
  return transaction ? [{ transaction }, ...documents] : documents
}

export interface ListDocumentsRequest extends ConsistencySelector {
  readonly parent: string
  readonly collectionId?: string
  readonly pageSize?: number
  readonly pageToken?: string
  readonly orderBy?: string
  readonly mask?: DocumentMask
  readonly showMissing?: boolean
}

const DEFAULT_PAGE = 300

/** Lists one collection by name; with `showMissing` also ids that only have descendants, without times. */
export async function listDocuments(backend: Backend, request: ListDocumentsRequest, caller: Caller) {
  if (request.orderBy && request.orderBy !== '__name__') {
    throw new StatusError(
      'UNIMPLEMENTED',
      'ListDocuments with order_by is not implemented by the local cloud.',
    )
  }
  if (!request.collectionId) {
    throw new StatusError(
      'UNIMPLEMENTED',
      'ListDocuments without collection_id is not implemented by the local cloud.',
    )
  }
  checkId(request.collectionId)
  const parent = parseParent(request.parent)
  const scope = { parent, collectionId: request.collectionId, allDescendants: false }
  const size = request.pageSize || DEFAULT_PAGE
  const { result } = await readConsistently(
    backend,
    { selector: request, database: parent.database, caller, targets: [{ scope }] },
    (at) => take(listed(backend, request, at), size + 1),
  )
  const page = result.slice(0, size)
  return {
    documents: page.map(({ path, document }) =>
      document ? toMessage(masked(document, request.mask)) : { name: formatName(path) },
    ),
    nextPageToken: result.length > size ? page.at(-1)?.path.segments.at(-1) : undefined,
  }
}

interface Listed {
  readonly path: ResourcePath
  readonly document: StoredDocument | undefined
}

function* listed(
  { store }: Backend,
  request: ListDocumentsRequest,
  at: Micros | undefined,
): Iterable<Listed> {
  const { database, segments } = parseParent(request.parent)
  const collection = { database, segments: [...segments, request.collectionId ?? ''] }
  for (const id of store.children(collection, request.pageToken || undefined)) {
    const path = { database, segments: [...collection.segments, id] }
    const document = store.get(path, at)
    if (document || request.showMissing) yield { path, document }
  }
}

function take<T>(items: Iterable<T>, count: number): T[] {
  const taken: T[] = []
  for (const item of items) {
    if (taken.length === count) break
    taken.push(item)
  }
  return taken
}

export interface ListCollectionIdsRequest {
  readonly parent: string
  readonly pageSize?: number
  readonly pageToken?: string
}

export function listCollectionIds({ store }: Backend, request: ListCollectionIdsRequest) {
  const parent = parseParent(request.parent)
  const size = request.pageSize || DEFAULT_PAGE
  const ids = take(store.children(parent, request.pageToken || undefined), size + 1)
  const page = ids.slice(0, size)
  return { collectionIds: page, nextPageToken: ids.length > size ? page.at(-1) : undefined }
}

function masked(document: StoredDocument, mask: DocumentMask | undefined): StoredDocument {
  return mask
    ? { ...document, fields: project(document.fields, mask.fieldPaths.map(parseFieldPath)) }
    : document
}
