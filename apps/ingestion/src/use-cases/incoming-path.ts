import { INCOMING_PREFIX } from '@clarity/contracts'

/** Whose object it is, and of which upload. */
export interface IncomingOwner {
  readonly userId: string
  readonly uploadId: string
}

/** Where the object of a resumable upload lies. */
export function incomingPath({ userId, uploadId }: IncomingOwner): string {
  return `${INCOMING_PREFIX}${encodeURIComponent(userId)}/${uploadId}`
}

/** What a path under `incoming/` says; undefined for one that was not made here. */
export function ownerOf(path: string): IncomingOwner | undefined {
  const [, user, uploadId] = /^incoming\/([^/]+)\/([A-Za-z0-9-]{1,128})$/.exec(path) ?? []
  if (user === undefined || uploadId === undefined) return undefined
  try {
    return { userId: decodeURIComponent(user), uploadId }
  } catch {
    return undefined
  }
}
