import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface HttpRequest {
  readonly message: IncomingMessage
  readonly method: string
  /** The path as sent, still percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  /** What stood in the place of `:name` in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** One header's value, or undefined. */
  header(name: string): string | undefined
}

export type Handle = (request: HttpRequest, response: ServerResponse) => Promise<void> | void

/** A method, a path such as `/b/:bucket/o/:object` (a segment may hold encoded slashes) and what answers it. */
export interface HttpRoute {
  readonly method: string
  readonly path: string
  readonly handle: Handle
}

export interface HttpServerOptions {
  readonly port: number
  /** Key and certificate (PEM): the server then speaks TLS alone. */
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly routes: readonly HttpRoute[]
  /** Answers what no route matches. */
  readonly otherwise: Handle
  /** Answers what a handler threw; not called once the headers are out. */
  readonly onError: (error: unknown, request: HttpRequest, response: ServerResponse) => void
}

export interface HttpServer extends AsyncDisposable {
  readonly port: number
}

/** Listens on 127.0.0.1; `port` 0 takes any free one. Fails with `EADDRINUSE` where the port is taken. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    void answer(options, message, response)
  }
  // An idle connection stays open: one closed here just as a client uses it again would look like a broken network.
  const timeouts = { requestTimeout: 0, keepAliveTimeout: 0 }
  const server = options.tls
    ? createTlsServer({ ...timeouts, ...options.tls }, listener)
    : createServer(timeouts, listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(options: HttpServerOptions, message: IncomingMessage, response: ServerResponse) {
  const method = message.method ?? 'GET'
  const [path = '/', search = ''] = splitOnce(message.url ?? '/', '?')
  const match = matchRoute(options.routes, method, path)
  const request: HttpRequest = {
    message,
    method,
    path,
    query: new URLSearchParams(search),
    params: match?.params ?? {},
    header: (name) => headerOf(message, name),
  }
  try {
    await (match ? match.route.handle(request, response) : options.otherwise(request, response))
  } catch (error) {
    if (response.headersSent) response.destroy()
    else options.onError(error, request, response)
  }
}

function headerOf(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name]
  return Array.isArray(value) ? value.join(',') : value
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function matchRoute(routes: readonly HttpRoute[], method: string, path: string) {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, path) : undefined
    if (params) return { route, params }
  }
  return undefined
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? ''
    if (!segment.startsWith(':')) {
      if (segment !== value) return undefined
    } else {
      const decoded = decode(value)
      if (!decoded) return undefined
      params[segment.slice(1)] = decoded
    }
  }
  return params
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
