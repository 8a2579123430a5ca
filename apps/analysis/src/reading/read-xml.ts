import { createAppleXml } from './apple-xml.ts'
import { decodeText, type ReaderInput } from './byte-stream.ts'
import { malformedBody, unknownShape } from './failures.ts'
import type { ReadingBatch } from './read-upload.ts'

/** The name of the shape of `export.xml`, alone or in its archive. */
export const appleExportShape = 'apple_export'

/** Reads Apple's `export.xml` as it streams in, a batch for each piece that held samples. */
export async function* readXml({ bytes, context }: ReaderInput): AsyncGenerator<ReadingBatch> {
  const xml = createAppleXml(context)
  for await (const text of decodeText(bytes)) {
    const readings = xml.push(text)
    if (readings.length > 0) yield { shape: appleExportShape, readings }
  }
  if (xml.state === 'before') throw unknownShape()
  if (xml.state === 'inside') throw malformedBody('The export ends before its root element does.')
  yield { shape: appleExportShape, readings: [] }
}
