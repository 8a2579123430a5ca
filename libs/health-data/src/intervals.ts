/** Half-open span of time in epoch milliseconds. */
export interface Interval {
  readonly start: number
  readonly end: number
}

/** The same time as sorted intervals that neither overlap nor touch. */
export function unionOf(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)
  const union: { start: number; end: number }[] = []
  for (const { start, end } of sorted) {
    const last = union.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else union.push({ start, end })
  }
  return union
}

/** Index of the first interval of a union that ends after an instant. */
function firstEndingAfter(union: readonly Interval[], instant: number): number {
  let low = 0
  let high = union.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((union[middle]?.end ?? Infinity) > instant) high = middle
    else low = middle + 1
  }
  return low
}

/** The parts of an interval that a union leaves free; an instant is its own only part where it is free. */
export function partsOutside({ start, end }: Interval, union: readonly Interval[]): Interval[] {
  const parts: Interval[] = []
  let free = start
  for (let index = firstEndingAfter(union, start); index < union.length; index += 1) {
    const covered = union[index]
    if (!covered || covered.start > end || (covered.start === end && end > start)) break
    if (covered.start > free) parts.push({ start: free, end: covered.start })
    free = Math.max(free, covered.end)
    if (free >= end) break
  }
  if (free < end || (start === end && free === start)) parts.push({ start: free, end })
  return parts
}

/** Total length in minutes. */
export function minutesOf(intervals: readonly Interval[]): number {
  return intervals.reduce((total, { start, end }) => total + (end - start), 0) / 60_000
}
