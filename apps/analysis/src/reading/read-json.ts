import { isFailure } from '@clarity/failure'
import { detectShape, type Reading, type Shape } from '@clarity/healthkit'
import { type Bytes, chained, type ReaderInput, utf8Text } from './byte-stream.ts'
import { AlikeElements } from './alike-elements.ts'
import { malformedBody, tellsTooLate, unknownShape } from './failures.ts'
import { pathInBody } from './json-skeleton.ts'
import { type JsonSlice, jsonSlices, type SliceLimits, sliceText, usualSlices } from './json-slices.ts'
import { readLines, readNdjson } from './read-ndjson.ts'
import type { ReadingBatch } from './read-upload.ts'
import { createWaitingSlices } from './waiting-slices.ts'

const batchSize = 2000
const space = 0x20
/** In bytes. */
export interface JsonLimits {
  /** Bodies up to it are parsed at once, larger ones slice by slice. */
  readonly whole: number
  readonly slices: SliceLimits
  /** Of slices that wait, deflated. */
  readonly waiting: number
}

/** As much waits as a body of some hundred mebibytes. */
const usualLimits: JsonLimits = { whole: 8 * 1024 * 1024, slices: usualSlices, waiting: 32 * 1024 * 1024 }

/** How many slices are looked through for what tells the shape. */
const slicesToDetect = 1024

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
export async function* readJson(input: ReaderInput, limits = usualLimits): AsyncGenerator<ReadingBatch> {
  const source = input.bytes[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let length = 0
  // What stands in no slice is read where it stands: the sooner the shape is known, the more.
  const small = { ...limits.slices, slice: limits.slices.slice / 16 }
  let isAsked = false
  for (let next = await source.next(); !next.done; next = await source.next()) {
    held.push(next.value)
    length += next.value.length
    if (length > limits.whole) break
    if (isAsked || length < limits.slices.slice) continue
    isAsked = true
    if (!(await hasRows(held, small))) continue
    yield* readSlices({ ...input, bytes: chained(held, source) }, { ...limits, slices: small })
    return
  }
  if (length <= limits.whole) {
    yield* readWhole(utf8Text(Buffer.concat(held)), input)
    return
  }
  const bytes = chained(held, source)
  if (startsWithLine(beginning(held))) yield* readNdjson({ ...input, bytes })
  else yield* readSlices({ ...input, bytes }, limits)
}

async function* allAtOnce(bytes: Uint8Array): Bytes {
  yield bytes
}

/** Whether a body begins as a shape does whose elements need not be parsed. */
async function hasRows(held: readonly Uint8Array[], limits: SliceLimits): Promise<boolean> {
  if (startsWithLine(beginning(held))) return false
  try {
    for await (const slice of jsonSlices(allAtOnce(Buffer.concat(held)), limits))
      return slice !== undefined && detectShape(parse(sliceText(slice)))?.rows !== undefined
  } catch (error) {
    if (!isFailure(error, 'malformed')) throw error
  }
  return false
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
 * The shape is that of the first slice in which one shows; those before it wait, and so do those of a list of which the
 * body may still say what it holds, until it does or the object around the list has ended.
 */
async function* readSlices(
  { bytes, context }: ReaderInput,
  limits: JsonLimits,
): AsyncGenerator<ReadingBatch> {
  let shape: Shape | undefined
  let elements: AlikeElements | undefined
  const waiting = createWaitingSlices(limits.waiting)
  const read = (known: Shape, slice: JsonSlice) =>
    batches(known, known.read(parse(sliceText(slice)), context, ''), slice.open)
  for await (const slice of jsonSlices(bytes, limits.slices, () => elements)) {
    if (shape && elements && elements.length >= batchSize)
      yield { shape: shape.name, readings: elements.take() }
    if (!slice) continue
    const root = parse(sliceText(slice))
    if (root === undefined) throw malformedBody('The body is not valid JSON.')
    shape ??= detectShape(root)
    if (shape?.rows) elements ??= new AlikeElements(shape.rows, context)
    const isTold = shape !== undefined && !shape.isUntold?.(root)
    if (shape) {
      const beside = isTold ? undefined : slice
      for (let next; (next = waiting.take(beside));) yield* read(shape, next)
    }
    if (shape && isTold) yield* batches(shape, shape.read(root, context, ''), slice.open)
    else waiting.add(slice)
    if (!shape && waiting.length > slicesToDetect) throw unknownShape()
    if (waiting.isFull) throw shape ? tellsTooLate() : unknownShape()
  }
  if (!shape) throw unknownShape()
  if (elements) yield { shape: shape.name, readings: elements.take() }
  for (let next; (next = waiting.take());) yield* read(shape, next)
}

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
