import { problemSchema } from '@clarity/contracts'
import type { DocumentedRoute } from '@clarity/service-shell'
import { type ComponentSchemas, type JsonSchema, createComponentSchemas } from './component-schemas.ts'
import { operationOf } from './operation.ts'

/** An OpenAPI 3.1 document, as far as its readers here look into it. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

export type OpenApiOperation = ReturnType<typeof operationOf>

const INFO = {
  title: 'Clarity Loop',
  version: '1',
  description:
    'From raw wearable data to an insight in which every number is a measure of that data. Times are RFC 3339; every ' +
    'error is `application/problem+json` (RFC 9457); any answer may gain fields.',
}

/** The OpenAPI document of these routes, made from the schemas with which they validate. */
export function openApiDocument(routes: readonly DocumentedRoute[]): OpenApiDocument {
  const schemas = createComponentSchemas()
  const paths: Record<string, Record<string, OpenApiOperation>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    // Resolved against the address of the document: the service that serves it.
    ...{ info: INFO, servers: [{ url: '/' }] },
    paths,
    components: { ...components(schemas), schemas: schemas.used() },
  }
}

function components(schemas: ComponentSchemas) {
  const problem = { 'application/problem+json': { schema: schemas.schemaOf(problemSchema, 'output') } }
  return {
    securitySchemes: {
      idToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A Firebase ID token.' },
    },
    headers: {
      'X-Request-Id': {
        description: 'The client’s own, if it sent a sane one; it finds the request in our logs.',
        schema: { type: 'string' },
      },
      'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
    },
    responses: {
      Malformed: { description: 'The request or its body cannot be read.', content: problem },
      Unauthenticated: {
        description: 'No token, or one that is expired, revoked or foreign, or whose user is disabled.',
        content: problem,
      },
      Forbidden: { description: 'The role of the account does not allow it.', content: problem },
      NotFound: { description: 'There is no such thing, or not for this caller.', content: problem },
      TimedOut: { description: 'The body did not come in time; send it again.', content: problem },
      TooLarge: { description: 'The body is above the limit, which the answer names.', content: problem },
      Unsupported: { description: 'The media type is not taken.', content: problem },
      Invalid: { description: 'Fields are at fault; `errors` names each.', content: problem },
      RateLimited: { description: 'Too many calls.', headers: RETRY_AFTER, content: problem },
      Internal: { description: 'Something went wrong on our side.', content: problem },
      Unavailable: {
        description: 'The same call may succeed later.',
        headers: RETRY_AFTER,
        content: problem,
      },
    },
  }
}

const RETRY_AFTER = { 'Retry-After': { $ref: '#/components/headers/Retry-After' } }
