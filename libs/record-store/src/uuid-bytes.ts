/** Of one UUID. */
export const uuidBytes = 16
export const uuidLength = 36
export const dash = 0x2d
export const dashes = [8, 13, 18, 23] as const
/** Where each byte's two digits stand in the text. */
export const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
const digits = '0123456789ABCDEF'
const noDigit = 16
/** Of each character the digit that it is. */
const digitOf = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = digits.indexOf(String.fromCharCode(code))
  return digit < 0 ? noDigit : digit
})
/** Of each digit its character. */
export const codeOf = Uint8Array.from(digits, (digit) => digit.charCodeAt(0))

/** Identities with those that are UUIDs apart: no text compresses less, and to try is most of what compressing costs. */
export interface SplitIds {
  /** Sixteen bytes of each UUID, in their order. */
  readonly uuids: Uint8Array
  /** The identities; 1 stands for the next UUID. */
  readonly ids: readonly (string | 0 | 1)[]
}

/** Takes the UUIDs, in HealthKit's spelling, out of identities. */
export function withoutUuids(identities: readonly (string | 0)[]): SplitIds {
  const uuids = new Uint8Array(identities.length * uuidBytes)
  let end = 0
  const ids = identities.map((id) => {
    if (id === 0 || !writeUuid(id, uuids, end)) return id
    end += uuidBytes
    return 1
  })
  return { uuids: uuids.subarray(0, end), ids }
}

/** The identities that were split. */
export function withUuids({ uuids, ids }: SplitIds): (string | 0)[] {
  const texts = textsOf(uuids)
  let next = 0
  return ids.map((id) => (id === 1 ? texts.slice(next, (next += uuidLength)) : id))
}

/** False, and what is written means nothing, for a text that is no UUID. */
function writeUuid(text: string, into: Uint8Array, at: number): boolean {
  if (text.length !== uuidLength) return false
  for (const place of dashes) if (text.charCodeAt(place) !== dash) return false
  for (let index = 0; index < uuidBytes; index += 1) {
    const place = places[index] as number
    const high = digitOf[text.charCodeAt(place)] ?? noDigit
    const low = digitOf[text.charCodeAt(place + 1)] ?? noDigit
    if (high === noDigit || low === noDigit) return false
    into[at + index] = (high << 4) | low
  }
  return true
}

/** The texts of UUIDs one after the other, in one string. */
function textsOf(uuids: Uint8Array): string {
  const texts = Buffer.alloc((uuids.length / uuidBytes) * uuidLength, dash)
  for (let index = 0; index < uuids.length; index += 1) {
    const byte = uuids[index] as number
    const within = index % uuidBytes
    const at = ((index - within) / uuidBytes) * uuidLength + (places[within] as number)
    texts[at] = codeOf[byte >>> 4] as number
    texts[at + 1] = codeOf[byte & 15] as number
  }
  return texts.toString('latin1')
}
