import { once } from 'node:events'
import type { Response } from 'express'
import type { Answer, ServerSentEvent } from './answer.ts'
import { raceWithSignal } from './deadline.ts'

const KEEP_ALIVE_MS = 15_000
const EVENT_STREAM = 'text/event-stream; charset=utf-8'

export interface StreamEnds {
  /** Aborted when the client has left. */
  readonly signal: AbortSignal
  /** Aborted when the service begins to stop: a stream then ends in good order. */
  readonly draining: AbortSignal
}

/** Sends a route's answer; of a stream, until it ends, the client leaves or the service stops. */
export async function sendAnswer(response: Response, answer: Answer, ends: StreamEnds): Promise<void> {
  if (answer.kind === 'json') {
    response.status(answer.status).set({ ...answer.headers })
    if (answer.body === undefined) response.end()
    else response.json(answer.body)
    return
  }
  if (response.req.method === 'HEAD') {
    // Nothing of the stream would be sent: it is not begun.
    const type = answer.kind === 'stream' ? answer.contentType : EVENT_STREAM
    response.status(200).set('Content-Type', type).end()
    return
  }
  if (answer.kind === 'stream') {
    response.status(200).set({ ...answer.headers, 'Content-Type': answer.contentType })
    await sendChunks(response, answer.chunks, ends)
    return
  }
  response.status(200).set({ 'Content-Type': EVENT_STREAM, 'X-Accel-Buffering': 'no' })
  response.flushHeaders()
  const keepAlive = setInterval(() => response.write(': keep-alive\n\n'), KEEP_ALIVE_MS)
  try {
    await sendChunks(response, eventTexts(answer.events), ends)
  } finally {
    clearInterval(keepAlive)
  }
}

async function sendChunks(
  response: Response,
  chunks: AsyncIterable<string | Uint8Array>,
  ends: StreamEnds,
): Promise<void> {
  const signal = AbortSignal.any([ends.signal, ends.draining])
  const iterator = chunks[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await raceWithSignal(iterator.next(), signal)
      if (next.done) break
      if (!response.write(next.value)) await once(response, 'drain', { signal })
    }
    response.end()
  } catch (error) {
    if (!ends.draining.aborted) throw error
    response.end()
  } finally {
    // Not awaited: a generator that waits for something ends by itself once it sees the aborted signal.
    void iterator.return?.().catch(() => undefined)
  }
}

async function* eventTexts(events: AsyncIterable<ServerSentEvent>): AsyncGenerator<string> {
  for await (const { event, id, data } of events) {
    const head = `${event === undefined ? '' : `event: ${event}\n`}${id === undefined ? '' : `id: ${id}\n`}`
    yield `${head}data: ${JSON.stringify(data)}\n\n`
  }
}
