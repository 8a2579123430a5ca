import { createAppleXml } from './apple-xml.ts'
import { createByteReader } from './byte-reader.ts'
import { type Bytes, decodeText, type ReaderInput } from './byte-stream.ts'
import { inflatesTooFar, malformedBody, unknownShape } from './failures.ts'
import type { ReadingBatch } from './read-upload.ts'
import { appleExportShape } from './read-xml.ts'
import { zipEntries } from './zip-entries.ts'

/** The root of an export stands behind its document type: within this much of its beginning. */
const sniffLength = 64 * 1024

type Outcome = 'export' | 'other'

/** Reads an entry as the export for as long as it can be it; the rest of another entry is passed over. */
async function* readEntry(
  bytes: Bytes,
  context: ReaderInput['context'],
): AsyncGenerator<ReadingBatch, Outcome> {
  const xml = createAppleXml(context)
  let seen = 0
  for await (const text of decodeText(bytes)) {
    seen += text.length
    if (xml.state === 'before' && seen > sniffLength + text.length) continue
    const readings = xml.push(text)
    if (readings.length > 0) yield { shape: appleExportShape, readings }
  }
  if (xml.state === 'inside') throw malformedBody('The export ends before its root element does.')
  return xml.state === 'after' ? 'export' : 'other'
}

/**
 * Reads the first entry of a zip that is Apple's export, told by its content: its name is localised. Nothing is written
 * anywhere, entries' paths mean nothing, and archives within the archive stay closed. All entries together may inflate
 * to `maxBytes`.
 */
export async function* readZip({ bytes, context, maxBytes }: ReaderInput): AsyncGenerator<ReadingBatch> {
  let inflated = 0
  const counted = async function* (entry: Bytes): Bytes {
    for await (const chunk of entry) {
      inflated += chunk.length
      if (inflated > maxBytes) throw inflatesTooFar(maxBytes)
      yield chunk
    }
  }
  let entries = 0
  let isFound = false
  for await (const entry of zipEntries(createByteReader(bytes))) {
    // The export's checksum holds, or the next entry would not have been reached.
    if (isFound) return
    entries += 1
    const outcome = yield* readEntry(counted(entry), context)
    if (outcome === 'other') continue
    isFound = true
    yield { shape: appleExportShape, readings: [] }
  }
  if (isFound) return
  throw entries === 0 ? malformedBody('The archive holds no entry.') : unknownShape()
}
