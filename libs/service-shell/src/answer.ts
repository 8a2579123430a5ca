/** One event of a `text/event-stream`; `data` is sent as JSON. */
export interface ServerSentEvent {
  readonly event?: string
  readonly id?: string
  readonly data: unknown
}

export interface JsonAnswer {
  readonly kind: 'json'
  readonly status: number
  /** Sent as JSON; absent sends no body. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface EventAnswer {
  readonly kind: 'events'
  readonly events: AsyncIterable<ServerSentEvent>
}

export interface StreamAnswer {
  readonly kind: 'stream'
  readonly contentType: string
  readonly chunks: AsyncIterable<string | Uint8Array>
  readonly headers?: Readonly<Record<string, string>>
}

/** What a route answers; failures are thrown. */
export type Answer = JsonAnswer | EventAnswer | StreamAnswer

/** 200 with a JSON body. */
export function ok(body: unknown, headers?: Readonly<Record<string, string>>): Answer {
  return { kind: 'json', status: 200, body, ...(headers && { headers }) }
}

/** 201 with a JSON body. */
export function created(body: unknown): Answer {
  return { kind: 'json', status: 201, body }
}

/** 202, with a JSON body where one is given. */
export function accepted(body?: unknown): Answer {
  return { kind: 'json', status: 202, body }
}

/** 204. */
export function noContent(): Answer {
  return { kind: 'json', status: 204 }
}

/** 200 `text/event-stream`, one event for each value; closed when the iterable ends or the client leaves (its `return` is then called). */
export function eventStream(events: AsyncIterable<ServerSentEvent>): Answer {
  return { kind: 'events', events }
}

/** 200 with a body that is sent chunk by chunk, e.g. `application/x-ndjson`. */
export function streamed(
  contentType: string,
  chunks: AsyncIterable<string | Uint8Array>,
  headers?: Readonly<Record<string, string>>,
): Answer {
  return { kind: 'stream', contentType, chunks, ...(headers && { headers }) }
}
