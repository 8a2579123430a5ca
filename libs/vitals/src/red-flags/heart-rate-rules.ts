import { baselineOf, robustZ } from '../baseline.ts'
import type { Span } from '../heart.ts'
import { type Reading, inOrder } from '../readings.ts'
import { highestSustained, lowestSustained } from '../sustained.ts'
import { runsOfDays } from './day-runs.ts'
import type { Finding, RedFlagRule } from './red-flag.ts'

const NEWS2 = 'Royal College of Physicians 2017, NEWS2'
const AT_REST = { minutes: 10, gapMinutes: 10 } as const
/** The heart takes time to slow down after movement. */
const SETTLING_MS = 10 * 60_000
const FAST = 131
const SLOW = 40
const LEAST_BASELINE_DAYS = 14
const DAYS_IN_A_ROW = 3
const LEAST_CHANGE = 10
const LEAST_Z = 2

/** Ten minutes at 131 or above without steps or training in them or in the ten minutes before. */
export const fastAtRest: RedFlagRule = {
  code: 'heart_rate_high_at_rest',
  title: 'Heart rate stayed at 131 per minute or above for ten minutes at rest',
  measure: 'heart.highest_rate',
  unit: '/min',
  citation: `${NEWS2} (131 a minute or more scores highest); ten minutes without movement is this project's`,
  examine: (evidence) => {
    const levels = restingParts(evidence.heartRate, settling(evidence.active)).flatMap(
      (part) => highestSustained(part, AT_REST).value ?? [],
    )
    return found(levels, { beyond: (level) => level >= FAST, most: Math.max })
  },
}

/** Ten minutes at 40 or below while awake and not moving: asleep, rates below 40 are usual in trained people. */
export const slowAtRest: RedFlagRule = {
  code: 'heart_rate_low_at_rest',
  title: 'Heart rate stayed at 40 per minute or below for ten minutes while awake',
  measure: 'heart.lowest_rate',
  unit: '/min',
  citation: `${NEWS2} (40 a minute or less scores highest); ten minutes awake is this project's`,
  examine: ({ heartRate, active, asleep }) => {
    // Who recorded no sleep may be asleep at any time.
    if (asleep.length === 0) return 'not-examined'
    const levels = restingParts(heartRate, [...settling(active), ...asleep]).flatMap(
      (part) => lowestSustained(part, AT_REST).value ?? [],
    )
    return found(levels, { beyond: (level) => level <= SLOW, most: Math.min })
  },
}

/** A resting rate far above the person's own for three recorded days in a row. */
export const restingRateAbove: RedFlagRule = restingRateRule({
  code: 'resting_heart_rate_above_own',
  direction: 1,
  word: 'above',
})

/** A resting rate far below the person's own for three recorded days in a row. */
export const restingRateBelow: RedFlagRule = restingRateRule({
  code: 'resting_heart_rate_below_own',
  direction: -1,
  word: 'below',
})

function restingRateRule({
  code,
  direction,
  word,
}: {
  code: string
  direction: 1 | -1
  word: string
}): RedFlagRule {
  return {
    code,
    title: `Resting heart rate was far ${word} its own usual level on three days in a row`,
    measure: 'heart.resting_rate',
    unit: '/min',
    citation:
      "Quer et al. 2020, PLoS One 15:e0227709 (persons differ widely, a change of 10 a minute from one's own mean is the exception); three days and two robust deviations are this project's",
    examine: ({ days, baselineDays }) => {
      const baseline = baselineOf(baselineDays.map(({ vitals }) => vitals.resting_heart_rate ?? NaN)).value
      if (!baseline || baseline.days < LEAST_BASELINE_DAYS) return 'not-examined'
      const isFar = (rate: number) => {
        const z = robustZ(rate, baseline).value ?? Infinity * direction
        return (rate - baseline.median) * direction >= LEAST_CHANGE && z * direction >= LEAST_Z
      }
      return runsOfDays(days, { figure: 'resting_heart_rate', isFar, length: DAYS_IN_A_ROW })
    },
  }
}

function settling(active: readonly Span[]): Span[] {
  return active.map(({ start, end }) => ({ start, end: end + SETTLING_MS }))
}

/** Readings outside the spans, parted by each of them: what lies on both sides of one is no single stretch. */
function restingParts(readings: readonly Reading[], spans: readonly Span[]): Reading[][] {
  const sorted = [...spans].sort((a, b) => a.start - b.start)
  const parts: Reading[][] = [[]]
  let next = 0
  let until = -Infinity
  for (const reading of inOrder(readings)) {
    const before = next
    while (next < sorted.length && sorted[next]!.start <= reading.start) {
      until = Math.max(until, sorted[next]!.end)
      next += 1
    }
    if (next > before) parts.push([])
    if (reading.start >= until) parts.at(-1)!.push(reading)
  }
  return parts
}

function found(
  levels: readonly number[],
  { beyond, most }: { beyond: (level: number) => boolean; most: (one: number, other: number) => number },
): Finding {
  if (levels.length === 0) return 'not-examined'
  const level = levels.reduce((one, other) => most(one, other))
  return beyond(level) ? level : 'nothing'
}
