import type { Timestamp } from './messages.ts'

/** Microseconds since the epoch, the precision in which Firestore keeps time; exact until the year 2255. */
export type Micros = number

const MICROS_PER_SECOND = 1_000_000

export function toTimestamp(micros: Micros): Timestamp {
  const seconds = Math.floor(micros / MICROS_PER_SECOND)
  return { seconds: String(seconds), nanos: (micros - seconds * MICROS_PER_SECOND) * 1000 }
}

/** The microsecond a timestamp lies in; nanoseconds below are cut off, as Firestore does when it stores one. */
export function toMicros(timestamp: Timestamp): Micros {
  return Number(timestamp.seconds ?? 0) * MICROS_PER_SECOND + Math.floor((timestamp.nanos ?? 0) / 1000)
}

/** A clock in microseconds that no step of the machine's clock turns back. */
export interface CommitClock {
  /** The present; every commit from now on is later. */
  now(): Micros
  /** The time of a new commit: later than everything this clock has said before. */
  next(): Micros
}

export function createCommitClock(last: Micros): CommitClock {
  let latest = last
  const machine = () => Date.now() * 1000
  return {
    now: () => (latest = Math.max(latest, machine())),
    next: () => (latest = Math.max(latest + 1, machine())),
  }
}
