import type { PressureReading } from '../blood-pressure.ts'
import type { DatedVitals } from '../day-figures.ts'
import type { Span } from '../heart.ts'
import type { Reading } from '../readings.ts'

/** What a rule found: the measure that it read, and by which figure. */
export interface RedFlag {
  readonly code: string
  readonly title: string
  /** Where the measure stands in an analysis. */
  readonly measure: string
  readonly value: number
  readonly unit: string
  readonly citation: string
}

/** Everything that the rules read, of one window. */
export interface Evidence {
  readonly heartRate: readonly Reading[]
  /** Time in which the person moved or trained. */
  readonly active: readonly Span[]
  /** Time of the recorded nights and naps. */
  readonly asleep: readonly Span[]
  readonly oxygen: readonly Reading[]
  readonly pressures: readonly PressureReading[]
  readonly glucose: readonly Reading[]
  readonly bodyTemperature: readonly Reading[]
  /** Notifications of the device of an irregular rhythm. */
  readonly irregularRhythm: readonly Reading[]
  /** The days of the window, oldest first. */
  readonly days: readonly DatedVitals[]
  /** The days before it, oldest first. */
  readonly baselineDays: readonly DatedVitals[]
}

/** Nothing to examine, examined and nothing found, or the figure that was found. */
export type Finding = 'not-examined' | 'nothing' | number

/** One rule, with the publication behind its limit. */
export interface RedFlagRule extends Omit<RedFlag, 'value'> {
  readonly examine: (evidence: Evidence) => Finding
}
