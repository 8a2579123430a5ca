import { MINUTES_PER_DAY, type ClockSample, type Recording, clockRecording } from '@clarity/actigraphy'
import {
  type Contribution,
  type Sample,
  clockHour,
  datesBetween,
  mergeAmounts,
  offsetAt,
} from '@clarity/health-data'
import type { AnalysisInput } from './analysis-input.ts'
import { hourMarks, observesMinutes } from './observed-hours.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** More steps than a minute can hold: a sum over a longer time that came without its end. */
const MOST_STEPS_A_MINUTE = 300

/**
 * Steps a minute by clock time, `days` × 1440 from midnight of the first date. An hour counts as observed where any
 * accepted sample of at most an hour lies in it (heart rate in the night, say): its minutes without steps are 0;
 * all other minutes are unobserved. Sums of sources are merged as in the day totals and spread evenly over their
 * span.
 */
export function stepGrid(input: AnalysisInput): Recording {
  const days = datesBetween(input.start, input.end).length
  const clock = clockOf(input)
  const observing = input.samples.filter(observesMinutes)
  const hours = new Uint8Array(days * 24)
  for (const instant of observing.flatMap(hourMarks)) {
    const { day, clockMinute } = clock(instant)
    if (day >= 0 && day < days) hours[day * 24 + Math.floor(clockMinute / 60)] = 1
  }
  const steps = mergeAmounts(observing.filter(isStepCount)).flatMap(spanOf)
  const samples = steps.flatMap((contribution) => minutesOf(contribution, clock))
  return clockRecording({ hours, samples, repeats: repeatedMinutes(input, { days, clock, observing }) })
}

const isStepCount = ({ type }: Sample) => type === 'step_count'

/** Whether any sample of the window counts the steps of single minutes; without one, the grid's zeros mean nothing. */
export function hasStepMinutes({ samples }: AnalysisInput): boolean {
  return samples.some((sample) => isStepCount(sample) && observesMinutes(sample))
}

type Clock = (instant: number) => { day: number; clockMinute: number }

/** Day of the window and clock minute of an instant, in the window's zone. */
function clockOf({ timezone, start }: AnalysisInput): Clock {
  const firstDay = Date.parse(start)
  return (instant) => {
    const wall = instant + offsetAt(timezone, instant) - firstDay
    const day = Math.floor(wall / DAY_MS)
    return { day, clockMinute: Math.floor((wall - day * DAY_MS) / MINUTE_MS) }
  }
}

/** A sum without an end stands in its own minute, or in its clock hour where it is more than a minute can hold. */
function spanOf(contribution: Contribution): Contribution[] {
  const { start, end, value, timezone } = contribution
  if (end > start || (value ?? 0) <= MOST_STEPS_A_MINUTE) return [contribution]
  const hour = clockHour(start, timezone)
  return [{ start: hour, end: hour + HOUR_MS, timezone, value }]
}

function minutesOf({ start, end, value }: Contribution, clock: Clock): ClockSample[] {
  const amount = value ?? 0
  if (end <= start) return [{ ...clock(start), value: amount }]
  const minutes: ClockSample[] = []
  for (let from = start; from < end;) {
    const to = Math.min(end, Math.floor(from / MINUTE_MS) * MINUTE_MS + MINUTE_MS)
    minutes.push({ ...clock(from), value: (amount * (to - from)) / (end - start) })
    from = to
  }
  return minutes
}

/**
 * Clock minutes that the window's zone shows twice, because its clocks go back, and that were observed both times:
 * where one pass was not observed, the other one stands alone.
 */
function repeatedMinutes(
  { timezone, start }: AnalysisInput,
  { days, clock, observing }: { days: number; clock: Clock; observing: readonly Sample[] },
): Set<number> {
  const passOf = (instant: number, offset: number) => `${offset} ${Math.floor((instant + offset) / HOUR_MS)}`
  const observed = new Set(
    observing.flatMap(hourMarks).map((instant) => passOf(instant, offsetAt(timezone, instant))),
  )
  const repeats = new Set<number>()
  const first = Date.parse(start) - DAY_MS
  for (let instant = first; instant < first + (days + 2) * DAY_MS; instant += HOUR_MS) {
    const gained = offsetAt(timezone, instant) - offsetAt(timezone, instant + HOUR_MS)
    if (gained <= 0) continue
    const change = changeWithin(timezone, instant)
    const [before, after] = [offsetAt(timezone, instant), offsetAt(timezone, change)]
    for (let minute = change; minute < change + gained; minute += MINUTE_MS) {
      if (!observed.has(passOf(minute - gained, before)) || !observed.has(passOf(minute, after))) continue
      const { day, clockMinute } = clock(minute)
      repeats.add(day * MINUTES_PER_DAY + clockMinute)
    }
  }
  return repeats
}

/** The first minute after `instant`, within an hour, at which the zone's offset differs. */
function changeWithin(timezone: string, instant: number): number {
  const before = offsetAt(timezone, instant)
  let at = instant
  while (offsetAt(timezone, at) === before) at += MINUTE_MS
  return at
}
