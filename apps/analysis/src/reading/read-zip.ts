import type { Reading } from '@clarity/healthkit'
import { Inflate, Unzip, type UnzipDecoder, type UnzipFile, UnzipPassThrough } from 'fflate'
import { type AppleXml, createAppleXml } from './apple-xml.ts'
import type { ReaderInput } from './byte-stream.ts'
import { inflatesTooFar, malformedBody, unknownShape } from './failures.ts'
import { appleExportShape } from './read-xml.ts'
import type { ReadingBatch } from './read-upload.ts'

/** The root of an export stands behind its document type: within this much of its beginning. */
const sniffBytes = 64 * 1024

/** Where the export may be in an archive: not found, being read, or read. */
interface Search {
  entries: number
  total: number
  export: AppleXml | undefined
  readings: Reading[]
}

/** One entry: its text goes to a parser of its own until it proves to be the export or something else. */
function createEntry(search: Search, { context, maxBytes }: ReaderInput) {
  const decoder = new TextDecoder('utf-8')
  const xml = createAppleXml(context)
  let seen = 0
  return {
    /** True once nothing more of the entry matters. */
    isDone: () => search.export !== undefined && search.export !== xml,
    take(chunk: Uint8Array): boolean {
      seen += chunk.length
      search.total += chunk.length
      if (search.total > maxBytes) throw inflatesTooFar(maxBytes)
      const readings = xml.push(decoder.decode(chunk, { stream: true }))
      if (xml.state === 'before') return seen < sniffBytes
      search.export ??= xml
      for (const reading of readings) search.readings.push(reading)
      return xml.state === 'inside'
    },
  }
}

/** Inflates an entry only for as long as somebody reads it: the rest of an archive costs nothing. */
class LazyInflate implements UnzipDecoder {
  static compression = 8
  ondata: UnzipDecoder['ondata'] = () => undefined
  #isWanted = true
  readonly #inflate = new Inflate((chunk, final) => this.ondata(null, chunk, final))

  push(chunk: Uint8Array, final: boolean): void {
    if (!this.#isWanted) return this.ondata(null, new Uint8Array(0), final)
    this.#inflate.push(chunk, final)
  }

  terminate = (): void => {
    this.#isWanted = false
  }
}

function openEntry(file: UnzipFile, search: Search, input: ReaderInput): void {
  search.entries += 1
  const entry = createEntry(search, input)
  let isWanted = !entry.isDone()
  file.ondata = (error, chunk) => {
    if (error) throw malformedBody('The archive is not a valid zip.', error)
    if (!isWanted || chunk.length === 0) return
    isWanted = entry.take(chunk)
    if (!isWanted) file.terminate()
  }
  file.start()
  if (!isWanted) file.terminate()
}

/**
 * Reads the first entry of a zip that is Apple's export, told by its content: its name is localised. Nothing is written
 * anywhere, entries' paths mean nothing, and archives within the archive stay closed.
 */
export async function* readZip(input: ReaderInput): AsyncGenerator<ReadingBatch> {
  const search: Search = { entries: 0, total: 0, export: undefined, readings: [] }
  const unzip = new Unzip((file) => openEntry(file, search, input))
  unzip.register(LazyInflate)
  unzip.register(UnzipPassThrough)
  for await (const chunk of input.bytes) {
    pushChunk(unzip, chunk)
    if (search.readings.length > 0) yield { shape: appleExportShape, readings: search.readings }
    search.readings = []
  }
  if (search.entries === 0) throw malformedBody('The archive holds no entry.')
  if (!search.export) throw unknownShape()
  if (search.export.state !== 'after') throw malformedBody('The export ends before its root element does.')
  yield { shape: appleExportShape, readings: [] }
}

function pushChunk(unzip: Unzip, chunk: Uint8Array): void {
  try {
    unzip.push(chunk)
  } catch (error) {
    throw error instanceof Error && 'kind' in error
      ? error
      : malformedBody('The archive is not a valid zip.', error)
  }
}
