const MINUTE_MS = 60_000

/** One measured level or rate, in the unit of its metric; instants in epoch milliseconds. */
export interface Reading {
  readonly start: number
  /** Equal to `start` for an instant. */
  readonly end: number
  readonly value: number
}

/** Span of time for which a reading stands. */
export interface HeldReading {
  readonly minutes: number
  readonly value: number
}

/**
 * Readings in order of time, each once. What is no number, negative, or ends before it starts measures nothing and
 * is left out; the same value over the same time again says nothing new.
 */
export function inOrder(readings: readonly Reading[]): readonly Reading[] {
  if (readings.every((reading, index) => isReading(reading) && isAfter(reading, readings[index - 1])))
    return readings
  return readings
    .filter(isReading)
    .sort((a, b) => a.start - b.start || a.end - b.end || a.value - b.value)
    .filter((reading, index, all) => !isSame(reading, all[index - 1]))
}

function isReading({ start, end, value }: Reading): boolean {
  return end >= start && value >= 0 && Number.isFinite(value + end)
}

function isAfter({ start }: Reading, before: Reading | undefined): boolean {
  return before === undefined || start > before.start
}

function isSame({ start, end, value }: Reading, before: Reading | undefined): boolean {
  return before?.start === start && before.end === end && before.value === value
}

/**
 * The time for which each reading stands: until the next one, but at most `cap` minutes where it is an instant and at
 * most its own length where that is longer. What lies between is a gap, not the last value going on. Of readings that
 * start together the longest holds, then the highest.
 */
export function held(readings: readonly Reading[], cap: number): HeldReading[] {
  const ordered = inOrder(readings)
  return ordered.map((reading, index) => ({
    value: reading.value,
    minutes: minutesHeld(reading, ordered[index + 1], cap),
  }))
}

/** Of a reading and the one after it in order of time. */
export function minutesHeld({ start, end }: Reading, next: Reading | undefined, cap: number): number {
  const until = Math.min(Math.max(end, start + cap * MINUTE_MS), next?.start ?? Infinity)
  return (until - start) / MINUTE_MS
}

/** Minutes that readings stand for, with those values alone that `chosen` wants. */
export function heldMinutes(
  spans: readonly HeldReading[],
  chosen: (value: number) => boolean = () => true,
): number {
  return spans.reduce((total, { value, minutes }) => (chosen(value) ? total + minutes : total), 0)
}

/** Readings parted where more than `minutes` without one lie between: each part has no gap. */
export function withoutGaps(readings: readonly Reading[], minutes: number): Reading[][] {
  const parts: Reading[][] = []
  let until = -Infinity
  for (const reading of inOrder(readings)) {
    if (reading.start - until <= minutes * MINUTE_MS) parts.at(-1)!.push(reading)
    else parts.push([reading])
    until = Math.max(until, reading.end)
  }
  return parts
}
