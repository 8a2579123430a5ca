export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is an object, neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a field says anything: some clients leave out what they do not know, others write null. */
export function isTold(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** The value as an object, or an empty one. */
export function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** The value as a list, or an empty one. */
export function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

/** The text, cut to a length that no honest name exceeds and without halves of characters; null for anything but a text with content. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 256).toWellFormed() : null
}

/** The first object in a list, looked for among its first elements only. */
export function firstObject(list: unknown): JsonObject | undefined {
  return listOr(list).slice(0, 50).find(isObject)
}

/** Whether a list holds an object of a kind, looked for among its first elements only: one bad element hides nothing. */
export function holds(list: unknown, isMeant: (item: JsonObject) => boolean): boolean {
  return listOr(list)
    .slice(0, 50)
    .some((item) => isObject(item) && isMeant(item))
}

/** `parent.key`, or the key alone at the root. */
export function join(parent: string, key: string): string {
  return parent === '' ? key : `${parent}.${key}`
}
