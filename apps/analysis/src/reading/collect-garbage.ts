import { getHeapStatistics } from 'node:v8'

/** In bytes. */
const mostGarbage = 6 * 1024 * 1024
let leastUsed = Infinity

/**
 * Frees what a large file leaves behind once that is much. V8 by itself waits until it has a share of the machine's
 * memory; Node collects when asked where it was started with `--expose-gc`, as the image starts it.
 */
export function collectGarbage(): void {
  leastUsed = Math.min(leastUsed, usedBytes())
  if (!globalThis.gc || usedBytes() < leastUsed + mostGarbage) return
  globalThis.gc()
  leastUsed = usedBytes()
}

function usedBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}
