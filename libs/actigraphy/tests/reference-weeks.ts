import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Recording } from '../src/index.ts'

const FOLDER = join(import.meta.dirname, '../../../../shared/reference/actigraphy')

const WEEKS = [
  'nhanes_26469',
  'synthetic_alternating',
  'synthetic_constant',
  'synthetic_cosine',
  'synthetic_square',
  'synthetic_zeros',
]

/** Where the reference weeks are absent, their tests are skipped with one line. */
const hasReferenceWeeks = existsSync(FOLDER)
if (!hasReferenceWeeks) console.log('skipped: the actigraphy reference weeks are not beside this repository')

export const describeWeeks = (hasReferenceWeeks ? describe : describe.skip).each(WEEKS)

export interface Profile {
  readonly L5: number
  readonly L5_onset_min: number
  readonly M10: number
  readonly M10_onset_min: number
  readonly RA: number | null
}

export interface NightExpectation {
  readonly window: [number, number]
  readonly first_epoch: Record<string, number | null>
  readonly first_run10: Record<string, number | null>
}

export interface WeekExpectation {
  readonly IS: Record<string, number | null>
  readonly IV: Record<string, number | null>
  readonly L5M10_circular_average_profile: Profile & { readonly L5_ties: number; readonly M10_ties: number }
  readonly L5M10_hourly_profile: Profile & { readonly L5_onset_hour: number; readonly M10_onset_hour: number }
  readonly L5M10_per_day: { readonly days: readonly Profile[] }
  readonly cosinor: { readonly mesor: number; readonly amplitude: number; readonly peak_time_min: number }
  readonly transitions_threshold_0: Record<string, number | null>
  readonly oakley_auto_threshold: number | null
  readonly SRI: Record<string, number>
  readonly sleep_metrics_fixed_windows: Record<string, readonly NightExpectation[]>
  readonly vectors_1_is_sleep: Record<string, string>
}

export function loadWeek(name: string): { recording: Recording; expected: WeekExpectation } {
  const rows = readFileSync(join(FOLDER, `${name}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const minutes = Float64Array.from(rows, (row) => Number(row.split(',')[1]))
  const expected = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as WeekExpectation
  return { recording: { minutes, startMinuteOfDay: 0 }, expected }
}

/** Relative 1e-9, or 1e-9 of `scale` where the expected value is about 0; `null` is `null`. */
export function expectClose(actual: number | null | undefined, expected: number | null, scale = 1): void {
  if (expected === null) expect(actual).toBeNull()
  else
    expect(Math.abs(actual! - expected)).toBeLessThanOrEqual(
      1e-9 * Math.max(Math.abs(expected), Math.abs(scale)),
    )
}
