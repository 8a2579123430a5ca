import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { JsonSlice } from './json-slices.ts'

/** Slices that wait, packed, in their order, for what a body says behind them. */
export interface WaitingSlices {
  readonly isFull: boolean
  readonly length: number
  add(slice: JsonSlice): void
  /** The first one, and with `beside` only where nothing that is open at its end still is where that slice ends. */
  take(beside?: JsonSlice): JsonSlice | undefined
}

type PackedSlice = Pick<JsonSlice, 'open' | 'end'> & { readonly packed: Uint8Array }

/** The object around the list that a slice's end parts. */
function owner({ end }: Pick<JsonSlice, 'end'>) {
  return end.findLast(({ kind }) => kind === 'object')?.kept
}

/** An empty queue; it is full with more than that many bytes, deflated. */
export function createWaitingSlices(most: number): WaitingSlices {
  const queue: PackedSlice[] = []
  let bytes = 0
  return {
    get isFull() {
      return bytes > most
    },
    get length() {
      return queue.length
    },
    add({ begun, open, end }) {
      const packed = deflateRawSync(begun, { level: 1 })
      bytes += packed.length
      queue.push({ packed, open, end })
    },
    take(beside) {
      const first = queue[0]
      if (!first || beside?.end.some(({ kept }) => kept === owner(first))) return undefined
      queue.shift()
      bytes -= first.packed.length
      return { begun: inflateRawSync(first.packed).toString('utf8'), open: first.open, end: first.end }
    },
  }
}
