import { type SleepSession, type StageInterval, offsetAt, sleepStage } from '@clarity/health-data'

const MINUTE_MS = 60_000
/** Awakenings that the sleep panel counts against the quality of a night are longer than this (minutes). */
const LONG_AWAKENING = 5

/** One night by the stages that a device recorded; a figure that the record does not tell is absent. */
export interface NightFigures {
  /** TST: minutes of sleep. */
  readonly asleep: number
  readonly in_bed?: number
  /** Minutes from going to bed to the first sleep. */
  readonly latency?: number
  /** WASO: minutes recorded as awake from the first to the last sleep. */
  readonly awake_after_onset?: number
  /** Stretches awake from the first to the last sleep. */
  readonly awakenings?: number
  readonly long_awakenings?: number
  /** Per cent of the time in bed, 0..100. */
  readonly efficiency?: number
  /** Per cent of the recorded time from the first to the last sleep, 0..100. */
  readonly maintenance?: number
  /** Per cent of the sleep, 0..100. */
  readonly core_share?: number
  readonly deep_share?: number
  readonly rem_share?: number
  /** Clock minutes of the civil day of waking; negative before its midnight. */
  readonly onset_minute?: number
  readonly waking_minute?: number
  readonly middle_minute?: number
}

/**
 * Figures of one night from the stages that a device recorded (no scoring of ours):
 *
 *   latency = onset − start of the time in bed around it,  WASO = awake in [onset, offset),  efficiency = 100 TST / time in bed,
 *   maintenance = 100 TST / (TST + WASO),  share of a stage = 100 stage / TST,  middle = (onset + offset) / 2
 *
 * A device that records no wakefulness tells neither WASO nor awakenings nor maintenance; without time in bed there
 * is no efficiency and no latency, and none either where sleep begins outside it or lasts longer. A night that came as sums has
 * sums and shares alone. `null` for a session without sleep.
 * Source: Ancoli-Israel et al. 2015, Behav Sleep Med 13:S4–S38; awakenings over five minutes: Ohayon et al. 2017,
 * Sleep Health 3:6–19.
 */
export function nightFigures(session: SleepSession): NightFigures | null {
  const { asleepMinutes: asleep, inBedMinutes: inBed } = session
  if (asleep === null || asleep <= 0) return null
  return {
    asleep,
    ...(inBed === null ? {} : { in_bed: inBed }),
    ...(inBed === null || asleep > inBed ? {} : { efficiency: (100 * asleep) / inBed }),
    ...sharesOf(session, asleep),
    ...timesOf(session, asleep),
  }
}

function sharesOf({ coreMinutes, deepMinutes, remMinutes }: SleepSession, asleep: number) {
  const share = (minutes: number) => (100 * minutes) / asleep
  return {
    ...(coreMinutes === null ? {} : { core_share: share(coreMinutes) }),
    ...(deepMinutes === null ? {} : { deep_share: share(deepMinutes) }),
    ...(remMinutes === null ? {} : { rem_share: share(remMinutes) }),
  }
}

function timesOf(session: SleepSession, asleep: number) {
  const sleep = session.stages.filter(isSleep)
  const [first, last] = [sleep[0], sleep.at(-1)]
  if (!first || !last) return {}
  const [onset, offset] = [first.start, last.end]
  const bedtime = session.inBed.find(({ start, end }) => start <= onset && end >= onset)?.start
  const minuteOf = (instant: number) =>
    (instant + offsetAt(session.timezone, instant) - Date.parse(session.date)) / MINUTE_MS
  return {
    ...(bedtime === undefined ? {} : { latency: (onset - bedtime) / MINUTE_MS }),
    ...(session.awakeMinutes === null ? {} : wakingOf(session.stages, { onset, offset, asleep })),
    onset_minute: minuteOf(onset),
    waking_minute: minuteOf(offset),
    middle_minute: (minuteOf(onset) + minuteOf(offset)) / 2,
  }
}

interface Span {
  readonly onset: number
  readonly offset: number
  readonly asleep: number
}

function wakingOf(stages: readonly StageInterval[], { onset, offset, asleep }: Span) {
  const awake = stages.filter(
    ({ stage, start, end }) => stage === sleepStage.awake && start >= onset && end <= offset,
  )
  const bouts = joined(awake)
  const minutes = bouts.reduce((sum, bout) => sum + bout, 0)
  return {
    awake_after_onset: minutes,
    awakenings: bouts.length,
    long_awakenings: bouts.filter((bout) => bout > LONG_AWAKENING).length,
    maintenance: (100 * asleep) / (asleep + minutes),
  }
}

/** Lengths in minutes of the intervals, those that touch taken as one. */
function joined(intervals: readonly StageInterval[]): number[] {
  const bouts: { end: number; minutes: number }[] = []
  for (const { start, end } of intervals) {
    const last = bouts.at(-1)
    const minutes = (end - start) / MINUTE_MS
    if (last?.end === start) Object.assign(last, { end, minutes: last.minutes + minutes })
    else bouts.push({ end, minutes })
  }
  return bouts.map((bout) => bout.minutes)
}

/** True for a stage that is sleep. */
export function isSleep({ stage }: StageInterval): boolean {
  return stage !== sleepStage.inBed && stage !== sleepStage.awake
}
