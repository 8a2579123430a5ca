import { malformed } from '@clarity/failure'

/**
 * Bucket and path of a `gs://bucket/path` name.
 * Fails as `malformed` for anything else.
 */
export function parseObjectUri(uri: string): { bucket: string; path: string } {
  const match = /^gs:\/\/([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])\/(.+)$/s.exec(uri)
  if (!match)
    throw malformed({ code: 'malformed_object_uri', detail: 'The object is not named as gs://bucket/path.' })
  return { bucket: match[1] as string, path: match[2] as string }
}
