import { invalidArgument } from './status.ts'

/** A place in a database: `projects/p/databases/d` and the segments below its `documents`. */
export interface ResourcePath {
  readonly database: string
  readonly segments: readonly string[]
}

const NAME = /^(projects\/[^/]+\/databases\/[^/]+)\/documents(?:\/([^]+))?$/
const DATABASE = /^projects\/[^/]+\/databases\/[^/]+$/
export const RESERVED_NAME = /^__.+__$/
const NUMERIC_ID = /^__id(0|-?[1-9]\d*)__$/
const MAX_ID_BYTES = 1500

export function formatName({ database, segments }: ResourcePath): string {
  return [database, 'documents', ...segments].join('/')
}

export function parseDatabase(name: string | undefined): string {
  if (!name || !DATABASE.test(name)) throw invalidArgument(`Invalid database name: "${name ?? ''}".`)
  return name
}

/** Parses the name of a document; fails with INVALID_ARGUMENT where it is none, or has an id that is not allowed. */
export function parseDocumentName(name: string | undefined): ResourcePath {
  const path = parsePath(name)
  if (path.segments.length === 0 || path.segments.length % 2 === 1) {
    throw invalidArgument(`Document name "${name}" lacks a document id or a collection id.`)
  }
  return path
}

/** Parses what documents live under: another document, or the root (`…/documents`). */
export function parseParent(name: string | undefined): ResourcePath {
  const path = parsePath(name)
  if (path.segments.length % 2 === 1) throw invalidArgument(`Parent "${name}" is a collection.`)
  return path
}

/** Parses a name without judging its ids, as bounds of key ranges need it (`collection\0/__id-9223372036854775808__`). */
export function parseBound(name: string): ResourcePath {
  const match = NAME.exec(name)
  if (!match) throw invalidArgument(`Invalid resource name: "${name}".`)
  return { database: match[1] ?? '', segments: match[2]?.split('/') ?? [] }
}

function parsePath(name: string | undefined): ResourcePath {
  const path = parseBound(name ?? '')
  path.segments.forEach(checkId)
  return path
}

/** Refuses an id of a collection or document that Firestore does not allow. */
export function checkId(id: string): void {
  if (id === '') throw invalidArgument('Resource id "" is invalid because it is empty.')
  if (id === '.' || id === '..') throw invalidArgument(`Resource id "${id}" is invalid.`)
  if (id.includes('/')) throw invalidArgument(`Resource id "${id}" is invalid because it contains "/".`)
  if (RESERVED_NAME.test(id) && !NUMERIC_ID.test(id)) {
    throw invalidArgument(`Resource id "${id}" is invalid because it is reserved.`)
  }
  if (Buffer.byteLength(id) > MAX_ID_BYTES) {
    throw invalidArgument(`Resource id is longer than ${MAX_ID_BYTES} bytes.`)
  }
}

/**
 * A key whose byte order is Firestore's order of names: segment by segment, numeric ids (`__id7__`) by number
 * and before all others, others by their UTF-8 bytes. The key of what lies below a path begins with its key.
 */
export function encodeKey(segments: readonly string[]): Buffer {
  return Buffer.concat(segments.map(encodeSegment))
}

function encodeSegment(segment: string): Buffer {
  const numeric = NUMERIC_ID.exec(segment)
  if (numeric) {
    const bytes = Buffer.alloc(9, 1)
    bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(numeric[1] ?? '0') + (1n << 63n)), 1)
    return bytes
  }
  const bytes = [2]
  for (const byte of Buffer.from(segment)) bytes.push(...(byte === 0 ? [0, 0xff] : [byte]))
  bytes.push(0)
  return Buffer.from(bytes)
}

/** The first key after everything below `key`. */
export function afterDescendants(key: Buffer): Buffer {
  return Buffer.concat([key, Buffer.from([0xff])])
}

/** The smallest key greater than `key`. */
export function justAfter(key: Buffer): Buffer {
  return Buffer.concat([key, Buffer.from([0])])
}
