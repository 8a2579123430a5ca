import type { Fields, Value } from './messages.ts'
import { invalidArgument } from './status.ts'

export type FieldPath = readonly string[]

/** The pseudo field that holds a document's own name. */
export const NAME_FIELD = '__name__'

/** Parses `a.b` and `` a.`odd name` ``: names other than ASCII identifiers stand in backticks, `\` escapes in them. */
export function parseFieldPath(path: string | undefined): FieldPath {
  const segments: string[] = []
  const pattern = /`((?:[^`\\]|\\.)+)`|([A-Za-z_][A-Za-z_0-9]*)/gsy
  const text = path ?? ''
  while (pattern.lastIndex < text.length || segments.length === 0) {
    const start = pattern.lastIndex
    const match = pattern.exec(text)
    if (!match) throw invalidArgument(`Invalid property path "${text}" at position ${start}.`)
    segments.push(match[1] === undefined ? match[2]! : match[1].replace(/\\(.)/gs, '$1'))
    if (pattern.lastIndex < text.length) {
      if (text[pattern.lastIndex] !== '.' || pattern.lastIndex === text.length - 1) {
        throw invalidArgument(`Invalid property path "${text}".`)
      }
      pattern.lastIndex += 1
    }
  }
  return segments
}

export function getField(fields: Fields, path: FieldPath): Value | undefined {
  const [head, ...rest] = path
  const value = head !== undefined && Object.hasOwn(fields, head) ? fields[head] : undefined
  if (rest.length === 0 || value === undefined) return value
  return 'mapValue' in value ? getField(value.mapValue.fields ?? {}, rest) : undefined
}

/** A copy with the field set, or without it where `value` is undefined. Maps on the way are made; other values there give way. */
export function withField(fields: Fields, path: FieldPath, value: Value | undefined): Fields {
  const [head, ...rest] = path
  if (head === undefined) return fields
  const present = Object.hasOwn(fields, head) ? fields[head] : undefined
  if (rest.length === 0) {
    const { [head]: _replaced, ...others } = fields
    return value === undefined ? others : { ...others, [head]: value }
  }
  const inner = present !== undefined && 'mapValue' in present ? (present.mapValue.fields ?? {}) : undefined
  if (inner === undefined && value === undefined) return fields
  return { ...fields, [head]: { mapValue: { fields: withField(inner ?? {}, rest, value) } } }
}

/** Only the fields that a mask names. */
export function project(fields: Fields, paths: readonly FieldPath[]): Fields {
  let result: Fields = {}
  for (const path of paths) {
    const value = getField(fields, path)
    if (value !== undefined) result = withField(result, path, value)
  }
  return result
}
