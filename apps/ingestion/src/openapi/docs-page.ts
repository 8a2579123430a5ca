import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type Answer, streamed } from '@clarity/service-shell'
import swaggerUiFolder from 'swagger-ui-dist/absolute-path.js'

/** The page runs our own script and the component's, and speaks to this service alone. */
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
}

const ASSETS = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const

const START_SCRIPT = 'start.js'
export const ASSET_NAMES = [...(Object.keys(ASSETS) as (keyof typeof ASSETS)[]), START_SCRIPT] as const

/** The page on which the API can be tried. `base` is where it and the document are served, `''` or a path. */
export function docsPage(base: string): Answer {
  const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Clarity Loop API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${base}/docs/swagger-ui.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${base}/docs/swagger-ui-bundle.js"></script>
    <script src="${base}/docs/${START_SCRIPT}"></script>
  </body>
</html>
`
  return streamed('text/html; charset=utf-8', Readable.from([page]), HEADERS)
}

/** A file that the page loads. */
export function docsAsset(base: string, name: (typeof ASSET_NAMES)[number]): Answer {
  if (name === START_SCRIPT) {
    const options = { url: `${base}/openapi.json`, dom_id: '#swagger-ui', validatorUrl: null }
    const script = `SwaggerUIBundle(${JSON.stringify(options)})\n`
    return streamed('text/javascript; charset=utf-8', Readable.from([script]), HEADERS)
  }
  return streamed(ASSETS[name], createReadStream(join(swaggerUiFolder(), name)), {
    ...HEADERS,
    'Cache-Control': 'public, max-age=86400',
  })
}
