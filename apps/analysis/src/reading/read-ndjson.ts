import { detectShape, type ReadContext, type Reading, rejection } from '@clarity/healthkit'
import { type Bytes, type ReaderInput, utf8Text } from './byte-stream.ts'
import { malformedBody, unknownShape } from './failures.ts'
import type { ReadingBatch } from './read-upload.ts'

const batchSize = 2000
const newline = 0x0a
/** A longer line is refused unread: a workout with its route, or a recording, is shorter. */
const longestLine = 24 * 1024 * 1024

/** A body in none of whose first lines a shape shows is none that is known. */
const linesToDetect = 50_000

/** Refusing a line costs as much as reading ten: a body of which more lines are broken than this is broken itself. */
const mostBrokenLines = 100_000

/** A line of a body; null for one that is too long to be held, a number for as many empty ones. */
type Line = string | number | null

/** Some lines at a time, decoded together: no character and no line is ever put together from texts. */
async function* linesOf(bytes: Bytes): AsyncIterable<readonly Line[]> {
  let held: Uint8Array[] = []
  let length = 0
  let isFirst = true
  const take = (...more: Uint8Array[]): string => {
    const all = Buffer.concat([...held, ...more])
    held = []
    length = 0
    const text = isFirst ? utf8Text(all) : all.toString('utf8')
    isFirst = false
    return text
  }
  for await (const chunk of bytes) {
    if (length === 0 && isEmptyLines(chunk)) {
      yield [chunk.length]
      continue
    }
    const end = chunk.lastIndexOf(newline)
    if (end >= 0) {
      const first = chunk.indexOf(newline)
      if (length + first > longestLine) {
        held = []
        length = 0
        yield [null]
        if (first < end) yield take(chunk.subarray(first + 1, end)).split('\n')
      } else yield take(chunk.subarray(0, end)).split('\n')
    }
    const rest = chunk.subarray(end + 1)
    length += rest.length
    // Of a line that is too long already, its length is all that matters.
    if (length <= longestLine) held.push(rest)
    else held = []
  }
  yield [length > longestLine ? null : take()]
}

/** A loop: a body can be millions of line ends, and a call for each would take seconds. */
function isEmptyLines(bytes: Uint8Array): boolean {
  let at = 0
  while (at < bytes.length && bytes[at] === newline) at += 1
  return at === bytes.length
}

function parseLine(line: string): { readonly root: unknown } | undefined {
  try {
    return { root: JSON.parse(line) as unknown }
  } catch {
    return undefined
  }
}

/** What the lines of a body have shown so far. */
interface Lines {
  index: number
  parsed: number
  broken: number
  shape: string | undefined
}

function readLine(line: string | null, seen: Lines, context: ReadContext): Iterable<Reading> {
  const path = `line[${seen.index}]`
  if (line === null) return [rejection(path, null, 'is too long')]
  const json = parseLine(line)
  if (!json) {
    seen.broken += 1
    if (seen.broken > mostBrokenLines) throw malformedBody('Too many lines of the body are not valid JSON.')
    return [rejection(path, null, 'is not JSON')]
  }
  seen.parsed += 1
  const shape = detectShape(json.root)
  if (!shape) return [rejection(path, null, 'has no known shape')]
  seen.shape ??= shape.name
  return shape.read(json.root, context, path)
}

/** Reads lines that are JSON each; a line that is none is refused alone, unless none is. */
export async function* readLines(
  groups: AsyncIterable<readonly Line[]> | Iterable<readonly Line[]>,
  context: ReadContext,
): AsyncGenerator<ReadingBatch> {
  const seen: Lines = { index: -1, parsed: 0, broken: 0, shape: undefined }
  let readings: Reading[] = []
  for await (const lines of groups) {
    for (const line of lines) {
      seen.index += typeof line === 'number' ? line : 1
      if (typeof line === 'number' || line?.trim() === '') continue
      for (const reading of readLine(line, seen, context)) readings.push(reading)
      if (readings.length < batchSize) continue
      yield { shape: seen.shape, readings }
      readings = []
      if (seen.shape === undefined && seen.index > linesToDetect) throw unknownShape()
    }
  }
  if (seen.parsed === 0) throw malformedBody('No line of the body is valid JSON.')
  if (seen.shape === undefined) throw unknownShape()
  yield { shape: seen.shape, readings }
}

/** Reads newline-delimited JSON as it streams in. */
export async function* readNdjson({ bytes, context }: ReaderInput): AsyncGenerator<ReadingBatch> {
  yield* readLines(linesOf(bytes), context)
}
