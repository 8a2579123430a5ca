import type { ResourcePath } from './resource-names.ts'

/** Where a query looks: in a collection, in a collection group below `parent`, or at everything below `parent`. */
export interface Scope {
  readonly parent: ResourcePath
  /** `undefined`: collections of any id. */
  readonly collectionId: string | undefined
  /** Whether documents deeper than the parent's own collections count. */
  readonly allDescendants: boolean
}

/** Whether a query over `scope` could ever find the document. */
export function contains({ parent, collectionId, allDescendants }: Scope, document: ResourcePath): boolean {
  if (!isBelow(document, parent) || document.segments.length === parent.segments.length) return false
  if (!allDescendants && document.segments.length !== parent.segments.length + 2) return false
  return collectionId === undefined || document.segments.at(-2) === collectionId
}

/** Whether a path is `ancestor` or lies below it. */
export function isBelow(path: ResourcePath, ancestor: ResourcePath): boolean {
  return (
    path.database === ancestor.database &&
    ancestor.segments.every((segment, index) => path.segments[index] === segment)
  )
}

export function samePath(a: ResourcePath, b: ResourcePath): boolean {
  return a.segments.length === b.segments.length && isBelow(a, b)
}
