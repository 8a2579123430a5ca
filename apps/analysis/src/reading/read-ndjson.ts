import { detectShape, type ReadContext, type Reading, rejection } from '@clarity/healthkit'
import { type Bytes, decodeText, type ReaderInput } from './byte-stream.ts'
import { malformedBody, unknownShape } from './failures.ts'
import type { ReadingBatch } from './read-upload.ts'

const batchSize = 2000

async function* linesOf(bytes: Bytes): AsyncIterable<string> {
  let rest = ''
  for await (const part of decodeText(bytes)) {
    const lines = (rest + part).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}

function parseLine(line: string): { readonly root: unknown } | undefined {
  try {
    return { root: JSON.parse(line) as unknown }
  } catch {
    return undefined
  }
}

/** Reads lines that are JSON each; a line that is none is refused alone, unless none is. */
export async function* readLines(
  lines: AsyncIterable<string> | Iterable<string>,
  context: ReadContext,
): AsyncGenerator<ReadingBatch> {
  let shape: string | undefined
  let index = -1
  let parsed = 0
  let readings: Reading[] = []
  for await (const line of lines) {
    index += 1
    if (line.trim() === '') continue
    const path = `line[${index}]`
    const json = parseLine(line)
    const found = json && detectShape(json.root)
    if (json) parsed += 1
    if (found) for (const reading of found.read(json.root, context, path)) readings.push(reading)
    else readings.push(rejection(path, null, json ? 'has no known shape' : 'is not JSON'))
    shape ??= found?.name
    if (shape === undefined || readings.length < batchSize) continue
    yield { shape, readings }
    readings = []
  }
  if (parsed === 0) throw malformedBody('No line of the body is valid JSON.')
  if (shape === undefined) throw unknownShape()
  yield { shape, readings }
}

/** Reads newline-delimited JSON as it streams in. */
export async function* readNdjson({ bytes, context }: ReaderInput): AsyncGenerator<ReadingBatch> {
  yield* readLines(linesOf(bytes), context)
}
