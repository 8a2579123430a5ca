import { type DocumentedRoute, type Route, ok, route } from '@clarity/service-shell'
import { z } from 'zod'
import { ASSET_NAMES, docsAsset, docsPage } from '../openapi/docs-page.ts'
import { type OpenApiDocument, openApiDocument } from '../openapi/document.ts'

/** Under the root, and beside what they describe. */
const BASES = ['', '/api/v1']

/** The OpenAPI document of these routes, and a page to try them. */
export function apiDescription(described: readonly DocumentedRoute[]): Route[] {
  let document: OpenApiDocument | undefined
  const documented = (): OpenApiDocument => (document ??= openApiDocument(described))
  return BASES.flatMap((base) => [
    route({ method: 'GET', path: `${base}/openapi.json`, auth: 'none', handle: () => ok(documented()) }),
    route({ method: 'GET', path: `${base}/docs`, auth: 'none', handle: () => docsPage(base) }),
    route({
      method: 'GET',
      path: `${base}/docs/:asset`,
      auth: 'none',
      params: z.object({ asset: z.enum(ASSET_NAMES) }),
      handle: ({ params }) => docsAsset(base, params.asset),
    }),
  ])
}
