import { createHash } from 'node:crypto'

/** A number in [0, 1) that depends on its arguments alone: the same minute always gets the same. */
export function noise(kind: string, time: number): number {
  let hash = 0x811c9dc5
  for (const text of [kind, String(time)]) {
    for (let index = 0; index < text.length; index += 1)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  // A final avalanche: neighbouring minutes differ in one digit and must not look alike.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

/** A standard normal number that depends on its arguments alone (Box–Muller). */
export function normal(kind: string, time: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - noise(`${kind}/radius`, time)))
  return radius * Math.cos(2 * Math.PI * noise(`${kind}/angle`, time))
}

/** The UUID (version 8) of the demo sample of that type and source that starts then. */
export function sampleUuid(type: string, source: string, start: number): string {
  const hash = createHash('sha256').update(`clarity-demo:${type}:${source}:${start}`).digest()
  hash[6] = (hash[6]! & 0x0f) | 0x80
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex', 0, 16).toUpperCase()
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
