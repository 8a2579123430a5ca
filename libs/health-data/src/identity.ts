import type { Sample } from './sample.ts'
import { writerOf } from './source-class.ts'
import { sourceKey } from './source-key.ts'

/**
 * 128-bit fingerprint of a text as 32 hex digits: four multiply-and-rotate lanes with a final avalanche. It tells
 * samples apart; it protects nothing.
 */
export function fingerprint(text: string): string {
  let a = 0x243f6a88
  let b = 0x85a308d3
  let c = 0x13198a2e
  let d = 0x03707344
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    a = Math.imul(a ^ unit, 0x9e3779b1) ^ (d >>> 15)
    b = Math.imul(b ^ unit, 0x85ebca77) ^ (a >>> 13)
    c = Math.imul(c ^ unit, 0xc2b2ae3d) ^ (b >>> 16)
    d = Math.imul(d ^ unit, 0x27d4eb2f) ^ (c >>> 11)
  }
  return (
    avalanche(a ^ c) +
    avalanche(b ^ d) +
    avalanche(c ^ Math.imul(d, 0x165667b1)) +
    avalanche(d ^ Math.imul(a, 0x9e3779b1))
  )
}

/** Two hexadecimal digits of each byte: `toString(16)` costs several times as much. */
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function avalanche(lane: number): string {
  const mixed = Math.imul(lane ^ (lane >>> 16), 0x7feb352d)
  const word = mixed ^ (mixed >>> 15)
  return (
    (hexOf[word >>> 24] as string) +
    hexOf[(word >>> 16) & 255] +
    hexOf[(word >>> 8) & 255] +
    hexOf[word & 255]
  )
}

const uuidLength = 36
const dash = 0x2d
/** Of each place of a UUID, whether it is a dash. */
const isDash = Array.from({ length: uuidLength }, (_, at) => at === 8 || at === 13 || at === 18 || at === 23)
/** Of each ASCII character, whether it is a hexadecimal digit. */
const isHex = Array.from({ length: 128 }, (_, code) => /[0-9a-f]/i.test(String.fromCharCode(code)))

/**
 * The UUID in HealthKit's spelling (upper case), or undefined if the text is none. Read by place: every sample has one,
 * and a pattern costs ten times as much.
 */
export function normalizeUuid(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length !== uuidLength) return undefined
  let hasLower = false
  for (let at = 0; at < uuidLength; at += 1) {
    const code = text.charCodeAt(at)
    if (isDash[at] ? code !== dash : isHex[code] !== true) return undefined
    if (code > 0x60) hasLower = true
  }
  return hasLower ? text.toUpperCase() : text
}

type Content = Pick<Sample, 'type' | 'source' | 'start' | 'end' | 'value' | 'min' | 'max' | 'extent'>

/** What two samples share when a writer stored the same content twice. Ends are compared apart: some clients send none. */
function contentKey({ type, source, start, value, min, max }: Omit<Content, 'end' | 'extent'>): string {
  const numbers = [value, min, max].map((number) => number?.toPrecision(6) ?? '')
  // Whole seconds and six digits: shapes cut fractions of a second and convert units with rounding errors.
  return [type, sourceKey(source), Math.floor(start / 1000), ...numbers].join('|')
}

/** What is known of a sample's identity before it has one. */
export interface IdentityParts extends Content {
  readonly uuid: string | undefined
  readonly sync?: { readonly id: string; readonly version: number } | undefined
  /** Tells apart what its value does not, e.g. the activity of a workout. */
  readonly detail?: string | undefined
}

type Synced = Pick<Sample, 'type' | 'source'> & { readonly sync: NonNullable<Sample['sync']> }

/** What a writer calls a sample, whatever its version, and whichever UUID each version has. */
export function syncIdentity({ type, source, sync }: Synced): string {
  return `sync:${fingerprint([type, writerOf(source), sync.id].join('|'))}`
}

/** Whether a sample has one of these sync identities. */
export function hasSyncIdentity(
  { type, source, sync }: Pick<Sample, 'type' | 'source' | 'sync'>,
  identities: ReadonlySet<string>,
): boolean {
  return sync !== undefined && identities.has(syncIdentity({ type, source, sync }))
}

/**
 * Identity of a sample: its UUID; else what its writer calls it (type, source, sync identifier; the version decides
 * which one holds); else its content.
 */
export function identify(parts: IdentityParts): string {
  if (parts.uuid !== undefined) return parts.uuid
  const { type, source, sync } = parts
  if (sync) return syncIdentity({ type, source, sync })
  const end = parts.extent === 'missing' ? 'open' : Math.floor(parts.end / 1000)
  return `content:${fingerprint([contentKey(parts), end, parts.extent ?? '', parts.detail ?? ''].join('|'))}`
}
