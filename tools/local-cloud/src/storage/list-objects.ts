import { GoogleError } from '../http/google-error.ts'
import { wholeNumber } from './preconditions.ts'
import { LAST_CHARACTER, type StorageStore, type StoredObject } from './store.ts'

const MAX_RESULTS = 1000

export interface ObjectPage {
  readonly objects: StoredObject[]
  /** The beginnings of names up to and with the delimiter, each once. */
  readonly prefixes: string[]
  readonly nextPageToken: string | undefined
}

/** One page of a bucket's objects, in the order of their names; objects and prefixes count alike. */
export function listObjects(store: StorageStore, bucket: string, query: URLSearchParams): ObjectPage {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const endOffset = query.get('endOffset')
  const limit = Math.min(wholeNumber(query, 'maxResults') || MAX_RESULTS, MAX_RESULTS)
  const objects: StoredObject[] = []
  const prefixes: string[] = []
  let from = startOf(query)
  for (;;) {
    const found = store.objects(bucket, { prefix, from, limit: MAX_RESULTS })
    let jumped = false
    for (const object of found) {
      if (endOffset && object.name >= endOffset) return { objects, prefixes, nextPageToken: undefined }
      if (objects.length + prefixes.length === limit) {
        return { objects, prefixes, nextPageToken: pageToken(object.name) }
      }
      const folder = folderOf(object.name, prefix, delimiter)
      if (folder !== undefined) {
        prefixes.push(folder)
        from = folder + LAST_CHARACTER
        jumped = true
        break
      }
      objects.push(object)
      from = object.name + '\0'
    }
    if (!jumped && found.length < MAX_RESULTS) return { objects, prefixes, nextPageToken: undefined }
  }
}

function folderOf(name: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter ? name.indexOf(delimiter, prefix.length) : -1
  return at === -1 ? undefined : name.slice(0, at + delimiter.length)
}

function startOf(query: URLSearchParams): string {
  const token = query.get('pageToken')
  if (!token) return query.get('startOffset') ?? ''
  const name = Buffer.from(token, 'base64url').toString('utf8')
  if (pageToken(name) !== token) throw new GoogleError(400, 'invalid', 'Invalid value for pageToken.')
  return name
}

function pageToken(name: string): string {
  return Buffer.from(name).toString('base64url')
}
