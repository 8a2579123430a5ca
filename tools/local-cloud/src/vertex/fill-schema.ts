import { type PromptMeasure, measureFigure } from './prompt-measures.ts'

/** The part of Vertex AI's `Schema` that is honoured. */
export interface Schema {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly format?: string
  readonly items?: Schema
  readonly minItems?: number | string
  readonly maxItems?: number | string
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly propertyOrdering?: readonly string[]
  readonly anyOf?: readonly Schema[]
}

interface Place {
  /** The property names on the way here, joined by dots. */
  readonly path: string
  /** Which measure this place speaks of; all of them where it is not inside a list. */
  readonly focus?: PromptMeasure | undefined
}

const SENTENCES = 5
const ITEMS = 3

/** A value that fits the schema, whose sentences repeat the measures and nothing else. The same input, the same value. */
export function fillSchema(
  schema: Schema,
  measures: readonly PromptMeasure[],
  place: Place = { path: '' },
): unknown {
  const type = (schema.type ?? (schema.properties ? 'OBJECT' : 'STRING')).toUpperCase()
  if (schema.anyOf?.[0]) return fillSchema(schema.anyOf[0], measures, place)
  if (type === 'OBJECT') return fillObject(schema, measures, place)
  if (type === 'ARRAY') return fillArray(schema, measures, place)
  if (type === 'BOOLEAN') return true
  if (type === 'NUMBER' || type === 'INTEGER') return fillNumber(schema)
  if (type === 'NULL') return null
  return fillString(schema, measures, place)
}

function fillObject(schema: Schema, measures: readonly PromptMeasure[], place: Place): object {
  const properties = schema.properties ?? {}
  const names = new Set([...(schema.propertyOrdering ?? []), ...Object.keys(properties)])
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const property = properties[name]
      const path = place.path === '' ? name : `${place.path}.${name}`
      return property ? [[name, fillSchema(property, measures, { ...place, path })]] : []
    }),
  )
}

function fillArray(schema: Schema, measures: readonly PromptMeasure[], place: Place): unknown[] {
  const items = schema.items ?? { type: 'STRING' }
  const focused = place.focus ? [place.focus] : measures.slice(0, Math.max(ITEMS, minimum(schema)))
  const wanted = focused.length > 0 ? focused : [undefined]
  const filled = wanted.map((focus) => fillSchema(items, measures, { ...place, focus }))
  while (filled.length < minimum(schema)) filled.push(filled[0])
  return filled.slice(0, schema.maxItems === undefined ? undefined : Number(schema.maxItems))
}

function minimum(schema: Schema): number {
  return Number(schema.minItems ?? 0)
}

function fillNumber(schema: Schema): number {
  return schema.minimum ?? Math.min(0, schema.maximum ?? 0)
}

function fillString(schema: Schema, measures: readonly PromptMeasure[], place: Place): string {
  const { focus, path } = place
  if (schema.enum) return schema.enum.find((option) => option === focus?.name) ?? schema.enum[0] ?? ''
  if (schema.format === 'date-time') return '1970-01-01T00:00:00Z'
  if (path.endsWith('evidence')) return focus?.name ?? ''
  if (focus) return path.includes('recommend') ? advice(focus) : statement(focus)
  if (measures.length === 0) return 'The prompt holds no measures.'
  return measures.slice(0, SENTENCES).map(statement).join(' ')
}

function statement(measure: PromptMeasure): string {
  return `Your ${measure.label} was ${measureFigure(measure)}.`
}

function advice(measure: PromptMeasure): string {
  return `Keep an eye on your ${measure.label}, which was ${measureFigure(measure)}.`
}
