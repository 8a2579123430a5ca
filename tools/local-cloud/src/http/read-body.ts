import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { PassThrough } from 'node:stream'

const LIMIT_BYTES = 64 * 1024 * 1024

/** The whole body of a request that is small by nature, inflated if it came gzipped; fails above 64 MiB. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  await pipeline(
    message,
    message.headers['content-encoding'] === 'gzip' ? createGunzip() : new PassThrough(),
    async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) {
        size += chunk.length
        if (size > LIMIT_BYTES) throw new RangeError('the body is larger than 64 MiB')
        chunks.push(chunk)
      }
    },
  )
  return Buffer.concat(chunks)
}

/** The body as a JSON object; an empty body is `{}`; undefined where it is not one. */
export async function readJsonObject(message: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const text = (await readBody(message)).toString('utf8')
  return text.trim() === '' ? {} : parseJsonObject(text)
}

/** The JSON object in `text`, or undefined. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
