import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Call {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/**
 * One request on a connection of its own, headers as they are given. While this process makes a large body, a kept
 * connection would grow too old unnoticed.
 */
export async function call(url: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> {
  const sent = request(url, { method, headers, agent: false })
  // A refused body's answer comes before all of it was sent; what the broken pipe says then is of no interest.
  const answered = Promise.withResolvers<IncomingMessage>()
  sent.once('response', answered.resolve).on('error', answered.reject)
  sent.end(body)
  const answer = await answered.promise
  const content = await text(answer)
  return { status: answer.statusCode ?? 0, text: content }
}
