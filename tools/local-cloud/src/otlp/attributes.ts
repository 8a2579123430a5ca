import type { AnyValue, Id, KeyValue } from './messages.ts'

/** Attributes as plain JSON. */
export function attributesOf(pairs: readonly KeyValue[] | undefined): Record<string, unknown> {
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, plainValue(value)]))
}

/** A value as plain JSON; 64-bit integers become numbers, bytes base64. */
export function plainValue(value: AnyValue | undefined): unknown {
  if (!value) return null
  if (value.intValue !== undefined) return Number(value.intValue)
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(plainValue)
  if (value.kvlistValue) return attributesOf(value.kvlistValue.values)
  const { bytesValue: bytes } = value
  if (bytes !== undefined) return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('base64')
  return value.stringValue ?? value.boolValue ?? value.doubleValue ?? null
}

/** A trace or span id in lower-case hex; an absent one is null. */
export function hexId(id: Id | undefined): string | null {
  const text = typeof id === 'string' ? id.toLowerCase() : id && Buffer.from(id).toString('hex')
  return text ? text : null
}

/** Nanoseconds since 1970 as milliseconds, exact to the microsecond. */
export function milliseconds(nanoseconds: string | number | undefined): number {
  return Number(BigInt(nanoseconds ?? 0) / 1000n) / 1000
}
