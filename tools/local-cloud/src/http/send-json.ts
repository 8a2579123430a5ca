import type { ServerResponse } from 'node:http'

/** Answers with JSON; `headers` override the defaults. */
export function sendJson(
  response: ServerResponse,
  answer: { status?: number; body: unknown; headers?: Record<string, string> },
): void {
  const bytes = Buffer.from(JSON.stringify(answer.body))
  response.writeHead(answer.status ?? 200, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': String(bytes.length),
    ...answer.headers,
  })
  response.end(bytes)
}
