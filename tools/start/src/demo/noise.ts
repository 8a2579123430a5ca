import { createHash } from 'node:crypto'

/** A number in [0, 1) that depends on its arguments alone: the same minute always gets the same. */
export function noise(kind: string, time: number): number {
  return createHash('sha256').update(`${kind}:${time}`).digest().readUInt32BE(0) / 2 ** 32
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
