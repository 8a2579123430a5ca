import { createHash } from 'node:crypto'
import type { ContainerFormat } from '@clarity/contracts'
import { type Failure, isFailure, malformed, tooLarge } from '@clarity/failure'
import { createContainerSniffer } from './sniff-container.ts'

const MIB = 1024 * 1024

/** What is inside a body: size, hash (hex) and container. */
export interface Inspection {
  readonly decodedBytes: number
  readonly sha256: string
  readonly format: ContainerFormat
}

export interface BodyInspector {
  /** Reads decoded bytes to their end. */
  read(chunks: AsyncIterable<Buffer>): Promise<void>
  /** Fails as `malformed` where nothing was read or no container began. */
  result(): Inspection
}

/** Counts, hashes and looks at a body while it passes; `too-large` as soon as it has more bytes than allowed. */
export function createInspector({
  declaredNdjson,
  maxBytes,
}: {
  readonly declaredNdjson: boolean
  readonly maxBytes: number
}): BodyInspector {
  const hash = createHash('sha256')
  const sniffer = createContainerSniffer(declaredNdjson)
  let decodedBytes = 0
  return {
    async read(chunks) {
      for await (const chunk of chunks) {
        decodedBytes += chunk.length
        if (decodedBytes > maxBytes) throw overLimit(maxBytes, 'decompressed')
        hash.update(chunk)
        sniffer.push(chunk)
      }
    },
    result() {
      if (decodedBytes === 0) throw emptyBody()
      return { decodedBytes, sha256: hash.digest('hex'), format: sniffer.end() }
    },
  }
}

/** What broke while a body was read, as a failure where the body is at fault. */
export function bodyFailure(error: unknown): unknown {
  if (isFailure(error)) return error
  const code = String((error as { code?: unknown } | undefined)?.code)
  if (code.startsWith('Z_'))
    return malformed({ code: 'broken-gzip', detail: 'The body is no whole gzip stream.' })
  if (code === 'ECONNRESET')
    return malformed({ code: 'incomplete-body', detail: 'The body ended before its end.' })
  return error
}

export function emptyBody(): Failure {
  return malformed({ code: 'empty-body', detail: 'The body is empty.' })
}

/** The failure of a body that is larger than allowed; `where` says on the wire or decompressed. */
export function overLimit(maxBytes: number, where: string): Failure {
  return tooLarge({
    code: 'body-too-large',
    detail: `An upload may have ${maxBytes / MIB} MiB (${maxBytes} bytes) ${where}.`,
  })
}
