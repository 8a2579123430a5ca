import { createHash } from 'node:crypto'

/** Hex sha256 of a text, or of texts and bytes one after the other. */
export function sha256(content: string | Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256')
  for (const part of typeof content === 'string' ? [content] : content) hash.update(part)
  return hash.digest('hex')
}

/** A path-safe id (UUID version 8) that derives from its parts alone. */
export function contentId(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest()
  hash[6] = (hash[6]! & 0x0f) | 0x80
  hash[8] = (hash[8]! & 0x3f) | 0x80
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
