import { checkDocumentSize, storableFields } from './document-rules.ts'
import { type FieldPath, getField, parseFieldPath, withField } from './field-paths.ts'
import type { Fields, FieldTransform, Precondition, Value, Write, WriteResult } from './messages.ts'
import { encodeFields } from './proto.ts'
import { RESERVED_NAME, type ResourcePath, formatName, parseDocumentName } from './resource-names.ts'
import { StatusError, invalidArgument } from './status.ts'
import type { DocumentStore, StoredDocument } from './store.ts'
import { type Micros, toMicros, toTimestamp } from './timestamps.ts'
import { applyTransforms } from './transforms.ts'

/** A write whose names and values have been checked. */
export interface PreparedWrite {
  readonly path: ResourcePath
  readonly precondition: Precondition | undefined
  /** From the stored fields (none: no document) to the new ones; `undefined` deletes. */
  readonly change: ((present: Fields | undefined) => Fields) | undefined
  readonly transforms: readonly FieldTransform[]
}

/** Checks a write of a request without touching the store; fails with INVALID_ARGUMENT. */
export function prepareWrite(write: Write, database: string): PreparedWrite {
  const path = parseDocumentName(write.update?.name ?? write.delete ?? write.transform?.document)
  if (path.database !== database) throw invalidArgument('A write names a document of another database.')
  const common = { path, precondition: write.currentDocument }
  if (write.delete !== undefined) return { ...common, change: undefined, transforms: [] }
  const transforms = [...(write.transform?.fieldTransforms ?? []), ...(write.updateTransforms ?? [])]
  checkTransforms(transforms)
  if (write.transform && transforms.length === 0) throw invalidArgument('A transform names no field.')
  if (!write.update) return { ...common, change: (present) => present ?? {}, transforms }
  const fields = storableFields(write.update.fields ?? {})
  const mask = write.updateMask?.fieldPaths.map(parseStoredPath)
  if (mask === undefined) return { ...common, change: () => fields, transforms }
  const change = (present: Fields | undefined) =>
    mask.reduce((merged, path) => withField(merged, path, getField(fields, path)), present ?? {})
  return { ...common, change, transforms }
}

function parseStoredPath(fieldPath: string | undefined): FieldPath {
  const path = parseFieldPath(fieldPath)
  if (path.some((name) => RESERVED_NAME.test(name)))
    throw invalidArgument(`Property path "${fieldPath}" is reserved.`)
  return path
}

function checkTransforms(transforms: readonly FieldTransform[]): void {
  const paths = transforms.map(({ fieldPath }) => parseStoredPath(fieldPath))
  const within = (inner: FieldPath, outer: FieldPath) =>
    inner.length > outer.length && outer.every((name, index) => name === inner[index])
  if (paths.some((path) => paths.some((other) => within(path, other)))) {
    throw invalidArgument('A transform changes a field within another that is transformed as well.')
  }
}

/** Carries a write out at `time`, inside the commit that is under way. */
export function applyWrite(store: DocumentStore, write: PreparedWrite, time: Micros): WriteResult {
  const present = store.get(write.path)
  checkPrecondition(write, present)
  if (write.change === undefined) {
    if (present) store.delete(write.path, time)
    return {}
  }
  const { fields, results } = applyTransforms(write.change(present?.fields), write.transforms, time)
  const updated = present && unchanged(present.fields, fields) ? present.updated : time
  if (updated === time) {
    checkDocumentSize(write.path, fields)
    store.put({ path: write.path, fields, created: present?.created ?? time, updated })
  }
  return { updateTime: toTimestamp(updated), transformResults: results satisfies Value[] }
}

/** A write that changes nothing leaves the update time alone, as Firestore has it. */
function unchanged(before: Fields, after: Fields): boolean {
  return encodeFields(before).equals(encodeFields(after))
}

function checkPrecondition({ path, precondition }: PreparedWrite, present: StoredDocument | undefined): void {
  if (precondition === undefined) return
  if (precondition.exists === true && !present) {
    throw new StatusError('NOT_FOUND', `No document to update: ${formatName(path)}`)
  }
  if (precondition.exists === false && present) {
    throw new StatusError('ALREADY_EXISTS', `Document already exists: ${formatName(path)}`)
  }
  if (precondition.updateTime === undefined) return
  const required = toMicros(precondition.updateTime)
  if (present?.updated !== required) {
    throw new StatusError(
      'FAILED_PRECONDITION',
      `The stored version (${present?.updated ?? 0}) does not match the required base version (${required}).`,
    )
  }
}
