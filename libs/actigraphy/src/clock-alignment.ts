import { MINUTES_PER_DAY, type Recording } from './recording.ts'

/** A change of the clock: at this index of the recording it moves by so many minutes (+60 spring, −60 autumn). */
export interface ClockChange {
  readonly index: number
  readonly minutes: number
}

/**
 * Puts minutes that ran without interruption onto the clock of their days: a day on which the clock goes forward
 * keeps 24 hours with the skipped ones unobserved (NaN); on a day on which it goes back, a minute that the clock
 * shows twice is the mean of what was observed at it. Later minutes keep their clock time, so that the result is
 * again one value a clock minute, and hour h of every day is the same hour of the wall.
 *
 * Changes in any order; one outside the recording moves nothing. Without minutes the result has none.
 */
export function alignToClock(recording: Recording, changes: readonly ClockChange[]): Recording {
  const { minutes, startMinuteOfDay } = recording
  const inside = changes.filter(({ index }) => index > 0 && index < minutes.length)
  if (inside.length === 0) return recording
  const ordered = inside.toSorted((a, b) => a.index - b.index)
  const bounds = [0, ...ordered.map(({ index }) => index), minutes.length]
  let shift = 0
  const pieces = bounds.slice(0, -1).map((from, piece) => {
    if (piece > 0) shift += ordered[piece - 1]!.minutes
    return { from, to: bounds[piece + 1]!, shift }
  })
  const first = Math.min(...pieces.map((piece) => piece.from + piece.shift))
  const end = Math.max(...pieces.map((piece) => piece.to + piece.shift))
  const aligned = new Float64Array(end - first).fill(NaN)
  let reached = 0
  for (const piece of pieces) {
    const at = piece.from + piece.shift - first
    const twice = Math.min(Math.max(0, reached - at), piece.to - piece.from)
    addRepeated(aligned.subarray(at), minutes.subarray(piece.from, piece.from + twice))
    aligned.set(minutes.subarray(piece.from + twice, piece.to), at + twice)
    reached = Math.max(reached, piece.to + piece.shift - first)
  }
  const start = (startMinuteOfDay + first + MINUTES_PER_DAY) % MINUTES_PER_DAY
  return { minutes: aligned, startMinuteOfDay: start }
}

/** Minutes that the clock shows once more: the mean of both observations, or the only one there is. */
function addRepeated(shown: Float64Array, again: Float64Array): void {
  for (let index = 0; index < again.length; index += 1) {
    const [before, value] = [shown[index]!, again[index]!]
    if (Number.isNaN(value)) continue
    shown[index] = Number.isNaN(before) ? value : (before + value) / 2
  }
}
