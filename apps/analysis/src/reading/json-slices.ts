import { type Bytes, inPieces, utf8Text } from './byte-stream.ts'
import { elementTooLarge, malformedBody } from './failures.ts'
import { closingText, type OpenContainer, openingText } from './json-skeleton.ts'
import type { ElementReader } from './element-list.ts'
import { JsonStructure } from './json-structure.ts'

/** In bytes. */
export interface SliceLimits {
  /** A slice ends with the first element that ends beyond; it is cut off once as much again follows. */
  readonly slice: number
  /** What cannot be cut is held whole: a workout with its route, a recording. */
  readonly element: number
}

/** What a slice is parsed to is gone before the garbage collector moves it: larger ones cost a tenth more. */
export const usualSlices: SliceLimits = { slice: 256 * 1024, element: 24 * 1024 * 1024 }

/** Some elements of a JSON body's lists, with what is known of everything around them. */
export interface JsonSlice {
  /** The slice's text without what closes it. */
  readonly begun: string
  /** What is open where the slice begins. */
  readonly open: readonly OpenContainer[]
  /** What is open where it ends. */
  readonly end: readonly OpenContainer[]
}

/** A slice as a JSON text of its own: the longer it waits, the more it says of the objects that go on behind it. */
export function sliceText({ begun, end }: JsonSlice): string {
  return begun + closingText(end)
}

/**
 * Cuts a JSON body into bodies of a quarter of a mebibyte to some more, in one pass over its bytes: each has the body's
 * own root, what is complete and small of the objects around, and the next run of elements. Cut are lists that only
 * objects hold, and the `data` of metrics. What follows a list is not known in the slices before it until it was read.
 * Text that is no JSON may pass: parsing the slices tells. Fails as `malformed_body` for brackets that do not match,
 * nesting without an end and a body that ends too early, and as `too_large` for an element beyond 24 MiB.
 */
export async function* jsonSlices(
  bytes: Bytes,
  limits = usualSlices,
  readerOf: () => ElementReader | undefined = () => undefined,
): AsyncGenerator<JsonSlice | undefined> {
  const structure = new JsonStructure(limits.slice)
  const held = createGrowingBuffer(4 * limits.slice)
  let open: readonly OpenContainer[] = []
  const sliceTo = (length: number, end: JsonSlice['end']): JsonSlice => ({
    begun: openingText(open) + held.text(length),
    open,
    end,
  })
  const drop = (length: number): void => {
    held.drop(length)
    structure.forget(length)
  }
  // Looking ahead for a cut ends where the bytes at hand end; elements that are read where they stand need none.
  for await (const chunk of inPieces(bytes, () => (readerOf() ? 4 : 1 / 4) * limits.slice)) {
    if (structure.isComplete && isBlank(chunk)) continue
    held.append(chunk)
    for (;;) {
      structure.scan(held.bytes(), held.length())
      if (structure.readTo > 0) drop(structure.readTo)
      const { cut } = structure
      if (!cut || !(cut.beginsElements || held.length() >= cut.at + limits.slice)) break
      yield sliceTo(cut.textEnd, cut.open)
      drop(cut.at)
      open = cut.open
      const reader = readerOf()
      if (reader) structure.readWith(reader)
    }
    if (!structure.hasBegun && held.text(held.length()).trim() === '') drop(held.length())
    if (!structure.cut && held.length() > limits.element) throw elementTooLarge(limits.element)
    if (readerOf()) yield undefined
  }
  if (!structure.isComplete) throw malformedBody('The body ends too early.')
  yield sliceTo(held.length(), [])
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d))
}

/** Bytes that are appended at the end and dropped at the beginning, without copying all of them each time. */
function createGrowingBuffer(initially: number) {
  let buffer = Buffer.allocUnsafe(initially)
  let length = 0
  return {
    bytes: () => buffer,
    length: () => length,
    append(chunk: Uint8Array): void {
      if (length + chunk.length > buffer.length) {
        const larger = Buffer.allocUnsafe(2 * (length + chunk.length))
        buffer.copy(larger, 0, 0, length)
        buffer = larger
      }
      buffer.set(chunk, length)
      length += chunk.length
    },
    drop(count: number): void {
      buffer.copyWithin(0, count, length)
      length -= count
    },
    text: (end: number) => utf8Text(buffer.subarray(0, end)),
  }
}
