import { isFailure, tooLarge, unavailable } from '@clarity/failure'

export interface DownloadLimits {
  readonly maxBytes: number
  /** For the whole transfer. */
  readonly timeoutMs: number
}

/**
 * The bytes behind a URL, redirects followed. Fails `too-large` beyond `maxBytes` (by what arrives, not by what the
 * server promises) and `unavailable` on any other answer than 200, a broken transfer or the time limit.
 */
export async function download(url: string, { maxBytes, timeoutMs }: DownloadLimits): Promise<Buffer> {
  const deadline = AbortSignal.timeout(timeoutMs)
  const chunks: Uint8Array[] = []
  let received = 0
  try {
    const response = await fetch(url, { redirect: 'follow', signal: deadline })
    if (response.status !== 200 || response.body === null) {
      throw unavailable(`The server answered ${response.status} instead of the file.`)
    }
    for await (const chunk of response.body) {
      received += chunk.byteLength
      if (received > maxBytes) throw tooLarge(`The file is larger than ${maxBytes} bytes.`)
      chunks.push(chunk)
    }
  } catch (error) {
    if (isFailure(error)) throw error
    throw unavailable(
      deadline.aborted
        ? `The download took longer than ${timeoutMs} ms.`
        : 'The server cannot be reached, or it broke off.',
      error,
    )
  }
  return Buffer.concat(chunks)
}
