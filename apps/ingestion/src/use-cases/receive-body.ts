import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inflate } from './inflate.ts'
import { type Inspection, bodyFailure, createInspector, emptyBody, overLimit } from './inspect-body.ts'

const MIB = 1024 * 1024
const MAX_RECEIVED_BYTES = 32 * MIB
const MAX_DECODED_BYTES = 256 * MIB

export interface ReceiveBody {
  readonly body: Readable
  readonly contentEncoding: 'gzip' | null
  readonly declaredNdjson: boolean
  readonly declaredBytes?: number | undefined
  readonly signal: AbortSignal
}

/** A whole body: `bytes` as received, and what is inside. */
export interface ReceivedBody extends Inspection {
  readonly bytes: Buffer
}

/**
 * Reads a body to its end, keeps it as received, and inflates it on the side to count, hash and look at it.
 * Fails as `malformed` (empty, broken gzip, no container) and `too-large` (32 MiB received, 256 MiB decoded), and
 * then reads no more of it than arrived.
 */
export async function receiveBody({
  body,
  contentEncoding,
  declaredNdjson,
  declaredBytes,
  signal,
}: ReceiveBody): Promise<ReceivedBody> {
  if (declaredBytes !== undefined && declaredBytes > MAX_RECEIVED_BYTES) {
    throw overLimit(MAX_RECEIVED_BYTES, 'on the wire')
  }
  const received = createByteKeeper()
  const decoded = createInspector({ declaredNdjson, maxBytes: MAX_DECODED_BYTES })
  const source = keep(body, received)
  try {
    if (contentEncoding === 'gzip') await inflate(source, { read: decoded.read, signal })
    else await pipeline(source, decoded.read, { signal })
    return { bytes: received.bytes(), ...decoded.result() }
  } catch (error) {
    // What the client still sends is thrown away, so that it gets to read the answer.
    body.resume()
    throw received.length() === 0 ? emptyBody() : bodyFailure(error)
  }
}

interface ByteKeeper {
  add(chunk: Buffer): void
  length(): number
  bytes(): Buffer
}

function createByteKeeper(): ByteKeeper {
  const chunks: Buffer[] = []
  let length = 0
  return {
    add(chunk) {
      length += chunk.length
      if (length > MAX_RECEIVED_BYTES) throw overLimit(MAX_RECEIVED_BYTES, 'on the wire')
      chunks.push(chunk)
    },
    length: () => length,
    bytes: () => Buffer.concat(chunks, length),
  }
}

async function* keep(body: Readable, keeper: ByteKeeper): AsyncGenerator<Buffer> {
  // The request must survive a refusal: its socket carries the answer.
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    keeper.add(chunk as Buffer)
    yield chunk as Buffer
  }
}
