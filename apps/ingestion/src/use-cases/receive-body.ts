import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ContainerFormat } from '@clarity/contracts'
import { type Failure, isFailure, malformed, tooLarge } from '@clarity/failure'
import { createContainerSniffer } from './sniff-container.ts'

const MIB = 1024 * 1024
const MAX_RECEIVED_MIB = 32
const MAX_DECODED_MIB = 256

export interface ReceiveBody {
  readonly body: Readable
  readonly contentEncoding: 'gzip' | null
  readonly declaredNdjson: boolean
  readonly declaredBytes?: number | undefined
  readonly signal: AbortSignal
}

/** A whole body: `bytes` as received; size, hash (hex) and container of what is inside. */
export interface ReceivedBody {
  readonly bytes: Buffer
  readonly decodedBytes: number
  readonly sha256: string
  readonly format: ContainerFormat
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
  if (declaredBytes !== undefined && declaredBytes > MAX_RECEIVED_MIB * MIB) {
    throw overLimit(MAX_RECEIVED_MIB, 'on the wire')
  }
  const received = createByteKeeper()
  const decoded = createInspector(declaredNdjson)
  const source = keep(body, received)
  try {
    if (contentEncoding === 'gzip') await pipeline(source, createGunzip(), decoded.read, { signal })
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
      if (length > MAX_RECEIVED_MIB * MIB) throw overLimit(MAX_RECEIVED_MIB, 'on the wire')
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

function createInspector(declaredNdjson: boolean) {
  const hash = createHash('sha256')
  const sniffer = createContainerSniffer(declaredNdjson)
  let decodedBytes = 0
  return {
    async read(chunks: AsyncIterable<Buffer>): Promise<void> {
      for await (const chunk of chunks) {
        decodedBytes += chunk.length
        if (decodedBytes > MAX_DECODED_MIB * MIB) throw overLimit(MAX_DECODED_MIB, 'decompressed')
        hash.update(chunk)
        sniffer.push(chunk)
      }
    },
    result(): Omit<ReceivedBody, 'bytes'> {
      if (decodedBytes === 0) throw emptyBody()
      return { decodedBytes, sha256: hash.digest('hex'), format: sniffer.end() }
    },
  }
}

function bodyFailure(error: unknown): unknown {
  if (isFailure(error)) return error
  const code = String((error as { code?: unknown } | undefined)?.code)
  if (code.startsWith('Z_'))
    return malformed({ code: 'broken-gzip', detail: 'The body is no whole gzip stream.' })
  if (code === 'ECONNRESET')
    return malformed({ code: 'incomplete-body', detail: 'The body ended before its end.' })
  return error
}

function emptyBody(): Failure {
  return malformed({ code: 'empty-body', detail: 'The body is empty.' })
}

function overLimit(mebibytes: number, where: string): Failure {
  return tooLarge({
    code: 'body-too-large',
    detail: `An upload may have ${mebibytes} MiB (${mebibytes * MIB} bytes) ${where}.`,
  })
}
