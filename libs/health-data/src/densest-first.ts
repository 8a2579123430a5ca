import type { Interval } from './intervals.ts'
import type { Sample } from './sample.ts'
import { compareText } from './settle.ts'

/** A share of a sample's time in which no denser sample lies. */
interface Share extends Interval {
  readonly sample: Sample
}

function rate({ value, start, end }: Sample): number {
  return (value ?? 0) / (end - start)
}

function indexOf(borders: readonly number[], instant: number): number {
  let low = 0
  let high = borders.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((borders[middle] ?? Infinity) < instant) low = middle + 1
    else high = middle
  }
  return low
}

/** Finds the first free stretch at or after an index; `next` leads past those that are taken. */
function firstFree(next: number[], index: number): number {
  let at = index
  while (next[at] !== undefined && next[at] !== at) {
    next[at] = next[next[at] ?? at] ?? at
    at = next[at] ?? at
  }
  return at
}

/**
 * Divides time among samples with a positive length so that each moment has one: of those that overlap, the one with
 * the largest amount for its time. Grows with n log n, however much they overlap.
 */
export function densestFirst(samples: readonly Sample[]): Share[] {
  const borders = [...new Set(samples.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b)
  const next = borders.map((_, index) => index)
  const byRate = [...samples].sort(
    (a, b) => rate(b) - rate(a) || a.start - b.start || compareText(a.id, b.id),
  )
  const shares: Share[] = []
  for (const sample of byRate) {
    let last: { start: number; end: number; sample: Sample } | undefined
    for (let index = firstFree(next, indexOf(borders, sample.start)); ; index = firstFree(next, index)) {
      const [start = Infinity, end = Infinity] = [borders[index], borders[index + 1]]
      if (start >= sample.end) break
      if (last?.end === start) last.end = end
      else shares.push((last = { start, end, sample }))
      next[index] = index + 1
    }
  }
  return shares
}
