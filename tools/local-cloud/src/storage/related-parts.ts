import { GoogleError } from '../http/google-error.ts'

const METADATA_LIMIT_BYTES = 1024 * 1024

/** The two parts of a `multipart/related` upload; `media` must be read to its end. */
export interface RelatedParts {
  readonly metadata: string
  readonly mediaType: string | undefined
  readonly media: AsyncGenerator<Buffer>
}

/** Reads the metadata part and leaves the media part to be streamed; 400 where the body is not of that form. */
export async function readRelatedParts(
  source: AsyncIterable<Buffer>,
  contentType: string,
): Promise<RelatedParts> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (!boundary) throw badMultipart()
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const input = createInput(source)
  await input.until(delimiter)
  await input.until(HEADERS_END)
  const metadata = (await input.until(delimiter)).toString('utf8')
  const mediaHeaders = (await input.until(HEADERS_END)).toString('latin1')
  return {
    metadata,
    mediaType: /^content-type:\s*(.+?)\s*$/im.exec(mediaHeaders)?.[1],
    media: input.streamUntil(delimiter),
  }
}

const HEADERS_END = Buffer.from('\r\n\r\n')

function createInput(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]()
  // The first delimiter may lack its line break; a virtual one stands in.
  let held: Buffer = Buffer.from('\r\n')

  const more = async (): Promise<void> => {
    const next = await chunks.next()
    if (next.done) throw badMultipart()
    held = Buffer.concat([held, next.value])
  }

  return {
    async until(mark: Buffer): Promise<Buffer> {
      let at = held.indexOf(mark)
      while (at === -1) {
        if (held.length > METADATA_LIMIT_BYTES) throw badMultipart()
        await more()
        at = held.indexOf(mark)
      }
      const before = held.subarray(0, at)
      held = held.subarray(at + mark.length)
      return before
    },
    async *streamUntil(mark: Buffer): AsyncGenerator<Buffer> {
      for (let at = held.indexOf(mark); at === -1; at = held.indexOf(mark)) {
        const safe = Math.max(0, held.length - mark.length + 1)
        if (safe > 0) yield held.subarray(0, safe)
        held = held.subarray(safe)
        await more()
      }
      yield held.subarray(0, held.indexOf(mark))
      while (!(await chunks.next()).done);
    },
  }
}

function badMultipart(): GoogleError {
  return new GoogleError(400, 'badContent', 'The multipart body is not of the expected form.')
}
