import { detectShape, type Reading, rejection, type Shape } from '@clarity/healthkit'
import { type Bytes, chained, type ReaderInput, utf8Text } from './byte-stream.ts'
import { malformedBody, unknownShape } from './failures.ts'
import { pathInBody } from './json-skeleton.ts'
import { type JsonSlice, jsonSlices } from './json-slices.ts'
import { readLines, readNdjson } from './read-ndjson.ts'
import type { ReadingBatch } from './read-upload.ts'

const batchSize = 2000
const space = 0x20
/** Bodies up to this many bytes are parsed at once, larger ones slice by slice. */
const wholeBytes = 8 * 1024 * 1024
/** How many slices wait for what tells the shape, and how many are looked through for it at most. */
const [slicesHeld, slicesToDetect] = [32, 1024]

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

/** Whether the first line is a JSON text of its own. */
function startsWithLine(text: string): boolean {
  const line = firstLine(text.trimStart())
  return line.trim() !== '' && parse(line) !== undefined
}

/** The first bytes of a body as text, up to the end of its first line and not beyond. */
function beginning(held: readonly Uint8Array[]): string {
  const bytes = Buffer.concat(held)
  const start = bytes.findIndex((byte) => byte > space && byte < 0x80)
  const end = bytes.indexOf('\n', Math.max(0, start))
  return end < 0 ? '' : utf8Text(bytes.subarray(0, end + 1))
}

/**
 * Reads a JSON body: whole where it is small, else in slices that are read like bodies of their own, so that it is
 * never held whole. One whose first line is a JSON text of its own is read line by line.
 */
export async function* readJson(input: ReaderInput): AsyncGenerator<ReadingBatch> {
  const source = input.bytes[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let length = 0
  for (let next = await source.next(); !next.done; next = await source.next()) {
    held.push(next.value)
    length += next.value.length
    if (length > wholeBytes) break
  }
  if (length <= wholeBytes) {
    yield* readWhole(utf8Text(Buffer.concat(held)), input)
    return
  }
  const bytes = chained(held, source)
  if (startsWithLine(beginning(held))) yield* readNdjson({ ...input, bytes })
  else yield* readSlices(bytes, input)
}

async function* readWhole(text: string, { context }: ReaderInput): AsyncGenerator<ReadingBatch> {
  const root = parse(text)
  if (root === undefined) {
    if (!startsWithLine(text)) throw malformedBody('The body is not valid JSON.')
    yield* readLines([text.split('\n')], context)
    return
  }
  const shape = detectShape(root)
  if (!shape) throw unknownShape()
  yield* batches(shape, shape.read(root, context, ''))
}

/**
 * The shape is that of the first slice in which one shows. The first of those before it wait; more, as of a long list
 * of something else, are refused together.
 */
async function* readSlices(bytes: Bytes, { context }: ReaderInput): AsyncGenerator<ReadingBatch> {
  let shape: Shape | undefined
  let waiting: JsonSlice[] = []
  let passed = 0
  for await (const slice of jsonSlices(bytes)) {
    const root = parse(slice.text)
    if (root === undefined) throw malformedBody('The body is not valid JSON.')
    shape ??= detectShape(root)
    if (!shape) {
      if (waiting.length < slicesHeld) waiting.push(slice)
      else passed += 1
      if (passed > slicesToDetect) throw unknownShape()
      continue
    }
    for (const { text, open } of waiting) yield* batches(shape, shape.read(parse(text), context, ''), open)
    if (passed > 0) yield { shape: shape.name, readings: [unreadBeginning] }
    waiting = []
    passed = 0
    yield* batches(shape, shape.read(root, context, ''), slice.open)
  }
  if (!shape) throw unknownShape()
}

const unreadBeginning = rejection(
  '',
  null,
  'begins with more than 8 MiB that tell no shape: a part was not read',
)

function* batches(
  { name }: Shape,
  all: Iterable<Reading>,
  open: JsonSlice['open'] = [],
): Generator<ReadingBatch> {
  let readings: Reading[] = []
  for (const reading of all) {
    readings.push(reading.kind === 'rejection' ? inBody(reading, open) : reading)
    if (readings.length < batchSize) continue
    yield { shape: name, readings }
    readings = []
  }
  yield { shape: name, readings }
}

type Refusal = Extract<Reading, { kind: 'rejection' }>

function inBody(reading: Refusal, open: JsonSlice['open']): Refusal {
  if (open.length === 0) return reading
  const { rejection } = reading
  return { kind: 'rejection', rejection: { ...rejection, path: pathInBody(open, rejection.path) } }
}
