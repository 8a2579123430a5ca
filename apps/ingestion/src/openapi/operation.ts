import { problemSchema } from '@clarity/contracts'
import type { DocumentedAnswer, DocumentedDeclaration, DocumentedRoute } from '@clarity/service-shell'
import type { z } from 'zod'
import type { ComponentSchemas, JsonSchema } from './component-schemas.ts'

/** What the document says of one route. */
export function operationOf({ method, path, documentation }: DocumentedRoute, schemas: ComponentSchemas) {
  const { summary, description, auth, takesToken, answers } = documentation
  const body = requestBody(documentation, schemas)
  return {
    operationId: operationId(method, path),
    tags: [path.split('/')[3] ?? 'service'],
    summary,
    ...(description !== undefined && { description }),
    security: auth === 'firebase' ? [{ idToken: [] }] : takesToken ? [{}, { idToken: [] }] : [],
    parameters: parameters(documentation, schemas),
    ...(body && { requestBody: body }),
    responses: { ...commonRefusals(documentation), ...ownAnswers(answers, schemas) },
  }
}

function operationId(method: string, path: string): string {
  const words = path
    .replace('/api/v1', '')
    .replaceAll(/:(\w+)/g, 'by-$1')
    .split(/[/_-]+/)
    .filter(Boolean)
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
  readonly example?: string
}

function parameters(declared: DocumentedDeclaration, schemas: ComponentSchemas): Parameter[] {
  const { params, paramsExample, query, queryExample, requestHeaders = {} } = declared
  return [
    ...fields('path', params, paramsExample),
    ...fields('query', query, queryExample),
    ...Object.entries(requestHeaders).map(([name, { required = false, ...header }]): Parameter => ({
      name,
      in: 'header',
      required,
      ...header,
      schema: { type: 'string' },
    })),
  ]

  function fields(place: 'path' | 'query', schema?: z.ZodType, examples: Record<string, string> = {}) {
    if (schema === undefined) return []
    const { properties = {}, required = [] } = schemas.schemaOf(schema, 'input') as ObjectSchema
    return Object.entries(properties).map(([name, { description, ...field }]): Parameter => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(typeof description === 'string' && { description }),
      schema: field,
      ...(examples[name] !== undefined && { example: examples[name] }),
    }))
  }
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

function requestBody({ body, bodyTypes, bodyExample }: DocumentedDeclaration, schemas: ComponentSchemas) {
  if (body === undefined) return undefined
  const example = bodyExample === undefined ? {} : { example: bodyExample }
  if (body === 'stream') {
    const [first = 'application/octet-stream', ...others] = bodyTypes ?? []
    const plain = Object.fromEntries(others.map((type) => [type, {}]))
    return { required: true, content: { [first]: example, ...plain } }
  }
  const content = { 'application/json': { schema: schemas.schemaOf(body, 'input'), ...example } }
  return { required: !body.safeParse(undefined).success, content }
}

function ownAnswers(answers: DocumentedDeclaration['answers'], schemas: ComponentSchemas) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      Number(status) < 400 ? success(answer, schemas) : refusal(answer, schemas),
    ]),
  )
}

function success(
  { description, schema, contentType, headers = {}, example }: DocumentedAnswer,
  schemas: ComponentSchemas,
) {
  const type = contentType ?? 'application/json'
  const media = {
    ...(schema && { schema: schemas.schemaOf(schema, 'output') }),
    ...(example !== undefined && { example }),
  }
  const described = Object.entries(headers).map(([name, meaning]) => [
    name,
    { description: meaning, schema: { type: 'string' } },
  ])
  return {
    description,
    headers: { ...REQUEST_ID, ...Object.fromEntries(described) },
    ...((schema || contentType) && { content: { [type]: media } }),
  }
}

function refusal({ description }: DocumentedAnswer, schemas: ComponentSchemas) {
  const content = { 'application/problem+json': { schema: schemas.schemaOf(problemSchema, 'output') } }
  return { description, headers: REQUEST_ID, content }
}

const REQUEST_ID = { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } }

/** What a route may answer because of what it declares. */
function commonRefusals({ auth, permission, params, query, body, isRateLimited }: DocumentedDeclaration) {
  const applies: [boolean, number, string][] = [
    // A parameter of the path may hold a broken percent escape.
    [params !== undefined || body !== undefined, 400, 'Malformed'],
    [auth === 'firebase', 401, 'Unauthenticated'],
    [permission !== undefined, 403, 'Forbidden'],
    [params !== undefined || query !== undefined, 404, 'NotFound'],
    [body !== undefined, 408, 'TimedOut'],
    [body !== undefined, 413, 'TooLarge'],
    [body !== undefined, 415, 'Unsupported'],
    [query !== undefined || (body !== undefined && body !== 'stream'), 422, 'Invalid'],
    [isRateLimited, 429, 'RateLimited'],
    [true, 500, 'Internal'],
    [true, 503, 'Unavailable'],
  ]
  return Object.fromEntries(
    applies
      .filter(([does]) => does)
      .map(([, status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
  )
}
