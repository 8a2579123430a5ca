import type { DatedVitals, DayFigure } from '../day-figures.ts'
import { median } from '../statistics.ts'
import type { Finding } from './red-flag.ts'

interface Run {
  readonly figure: DayFigure
  readonly isFar: (value: number) => boolean
  /** How many recorded days in a row it takes. */
  readonly length: number
}

/**
 * The median of the longest run of days on which a figure is far off; days without the figure are passed over, any
 * other day ends the run. Not examined with fewer such days than a run takes.
 */
export function runsOfDays(days: readonly DatedVitals[], { figure, isFar, length }: Run): Finding {
  const values = days.flatMap(({ vitals }) => vitals[figure] ?? [])
  if (values.length < length) return 'not-examined'
  let longest: number[] = []
  let run: number[] = []
  for (const value of values) {
    run = isFar(value) ? [...run, value] : []
    if (run.length > longest.length) longest = run
  }
  return longest.length >= length ? median(longest) : 'nothing'
}
