import { detectShape } from '@clarity/healthkit'
import { decodeText, type ReaderInput } from './byte-stream.ts'
import { malformedBody, unknownShape } from './failures.ts'
import { readLines } from './read-ndjson.ts'
import type { ReadingBatch } from './read-upload.ts'

const batchSize = 5000

/** The parsed text; undefined where it is not JSON. The parser's message quotes the body and is dropped. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function firstLine(text: string): string {
  const end = text.indexOf('\n')
  return end < 0 ? '' : text.slice(0, end)
}

/** Reads a JSON body whole; one that is not JSON but whose first line is one is read line by line. */
export async function* readJson({ bytes, context }: ReaderInput): AsyncGenerator<ReadingBatch> {
  let text = ''
  for await (const part of decodeText(bytes)) text += part
  const root = parse(text)
  if (root === undefined) {
    const line = firstLine(text.trimStart())
    if (line.trim() === '' || parse(line) === undefined) throw malformedBody('The body is not valid JSON.')
    yield* readLines(text.split('\n'), context)
    return
  }
  text = ''
  const shape = detectShape(root)
  if (!shape) throw unknownShape()
  let readings = []
  for (const reading of shape.read(root, context, '')) {
    readings.push(reading)
    if (readings.length < batchSize) continue
    yield { shape: shape.name, readings }
    readings = []
  }
  yield { shape: shape.name, readings }
}
