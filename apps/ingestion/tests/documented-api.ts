import { join } from 'node:path'
import { z } from 'zod'
import type { JsonSchema } from '../src/openapi/component-schemas.ts'
import type { OpenApiDocument, OpenApiOperation } from '../src/openapi/document.ts'
import type { Answer, Ingestion } from './ingestion-on-local-cloud.ts'

/** The document as the client's types are made from it. */
export const OPENAPI_FILE = join(import.meta.dirname, '../../../libs/api-client/openapi.json')

/** One operation of the document with where it is. */
export interface Operation {
  readonly method: string
  readonly path: string
  readonly documented: OpenApiOperation
}

export interface DocumentedApi {
  readonly document: OpenApiDocument
  /** By `operationId`. */
  readonly operations: ReadonlyMap<string, Operation>
  /** Sends the documented example, with what is given in place of parts of it. */
  sendExample(operationId: string, replaced?: Replaced): Promise<Answer>
  /** What in an answer is not as documented for its status; empty where it is. */
  complaints(operationId: string, answer: Answer): string[]
  /** A value that fits the schema of that name. */
  exampleOf(schemaName: string): Record<string, unknown>
}

export interface Replaced {
  readonly token?: string | undefined
  readonly params?: Readonly<Record<string, string>>
  readonly body?: object
}

/** The document that a running service serves, and calls made of it. */
export async function documentedApi(ingestion: Ingestion): Promise<DocumentedApi> {
  const document = (await ingestion.call('GET', '/openapi.json')).body as OpenApiDocument
  const operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, documented]) => [
        documented.operationId,
        { method: method.toUpperCase(), path, documented },
      ]),
    ),
  )
  const operation = (id: string): Operation => operations.get(id) as Operation
  return {
    document,
    operations,
    sendExample(id, { token, params = {}, body } = {}) {
      const { method, path, documented } = operation(id)
      const [type, media] = contentOf(documented.requestBody)
      const sent = body ?? (media?.example as object | undefined)
      const contentType: Record<string, string> =
        sent !== undefined && type !== undefined ? { 'content-type': type } : {}
      return ingestion.call(method, requestPath(path, documented, params), {
        ...(token !== undefined && { token }),
        headers: { ...contentType, ...parametersIn('header', documented) },
        ...(sent !== undefined && { body: JSON.stringify(sent) }),
      })
    },
    complaints: (id, answer) => complaints(document, operation(id).documented, answer),
    exampleOf: (name) => example(document, document.components.schemas[name] as JsonSchema) as never,
  }
}

function requestPath(
  path: string,
  operation: OpenApiOperation,
  params: Readonly<Record<string, string>>,
): string {
  const known = { ...parametersIn('path', operation), ...params }
  const query = new URLSearchParams(parametersIn('query', operation)).toString()
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? 'absent')
  return query === '' ? filled : `${filled}?${query}`
}

function parametersIn(place: string, { parameters }: OpenApiOperation): Record<string, string> {
  const examples = parameters.filter((parameter) => parameter.in === place && parameter.example !== undefined)
  return Object.fromEntries(examples.map(({ name, example }) => [name, example as string]))
}

interface Media {
  readonly schema?: JsonSchema
  readonly example?: unknown
}

function contentOf(described: unknown): [string | undefined, Media | undefined] {
  const { content = {} } = (described ?? {}) as { content?: Record<string, Media> }
  const [first] = Object.entries(content)
  return first ?? [undefined, undefined]
}

function complaints(document: OpenApiDocument, operation: OpenApiOperation, answer: Answer): string[] {
  const described = operation.responses[answer.status]
  if (described === undefined) return [`status ${answer.status} is not documented`]
  const [type, media] = contentOf(resolve(document, described))
  const answered = answer.headers.get('content-type')?.split(';')[0]
  if (type !== answered) return [`${answered} is answered, ${type} is documented`]
  if (media?.schema === undefined) return []
  const result = validatorOf(document, media.schema).safeParse(answer.body)
  return result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
}

function resolve(document: OpenApiDocument, described: object): object {
  if (!('$ref' in described)) return described
  const steps = String(described.$ref).split('/').slice(1)
  return steps.reduce((at: object, step) => at[step as never] as object, document)
}

function validatorOf(document: OpenApiDocument, schema: JsonSchema): z.ZodType {
  const whole = JSON.stringify({ ...schema, $defs: document.components.schemas })
  return z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')))
}

/** The plainest value that fits. */
function example(document: OpenApiDocument, schema: JsonSchema): unknown {
  if ('$ref' in schema) return example(document, resolve(document, schema) as JsonSchema)
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const alternatives = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
  if (alternatives) return example(document, alternatives[0] as JsonSchema)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') {
    const { properties = {}, required = [] } = schema as {
      properties?: Record<string, JsonSchema>
      required?: string[]
    }
    return Object.fromEntries(
      required.map((name) => [name, example(document, properties[name] as JsonSchema)]),
    )
  }
  if (type === 'array') {
    const count = Number(schema.minItems ?? 0)
    return Array.from({ length: count }, () => example(document, schema.items as JsonSchema))
  }
  const plain: Record<string, unknown> = { string: '2026-03-01T00:00:00Z', boolean: true, null: null }
  return type === 'number' || type === 'integer' ? Number(schema.minimum ?? 0) : plain[String(type)]
}
