import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface PushRequest {
  readonly url: string
  readonly body: string
  /** The bearer token; absent where the subscription asks for none. */
  readonly token?: string | undefined
  readonly timeoutMs: number
  /** Ends the request without an answer. */
  readonly closed: AbortSignal
}

/** The status of the endpoint's answer, `silent` where none came in time, `refused` where nothing listens. */
export function postPush(push: PushRequest): Promise<number | 'silent' | 'refused'> {
  const send = push.url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const request = send(push.url, {
      method: 'POST',
      agent: false,
      headers: headers(push),
      signal: AbortSignal.any([push.closed, AbortSignal.timeout(push.timeoutMs)]),
    })
    // 102 comes as an informational answer, which node does not take for the answer itself.
    request.once('information', ({ statusCode }) => {
      if (statusCode === 102) resolve(statusCode)
    })
    request.once('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 'silent')
    })
    request.on('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    )
    request.end(push.body)
  })
}

function headers({ body, token }: PushRequest): Record<string, string | number> {
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    accept: 'application/json',
    'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
}
