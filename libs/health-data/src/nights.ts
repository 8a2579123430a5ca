import { civilDate } from './civil-time.ts'
import { type Interval, minutesOf, partsOutside, unionOf } from './intervals.ts'
import type { Sample } from './sample.ts'
import { byPriority, priorityKey } from './source-priority.ts'

/** HealthKit's codes of sleep analysis. */
export const sleepStage = { inBed: 0, unspecified: 1, awake: 2, core: 3, deep: 4, rem: 5 } as const

/** Segments further apart than this belong to different sessions (as Open Wearables' sessions do). */
const sessionGapMs = 120 * 60_000

/** A stretch of one stage (`sleepStage`), of the one source that holds. */
export interface StageInterval extends Interval {
  readonly stage: number
}

/** One stretch of sleep with at most two hours between its segments, staged by one source. */
export interface SleepSession {
  /** Civil day of waking. */
  readonly date: string
  readonly start: number
  readonly end: number
  /** Null where no source said anything of it. */
  readonly asleepMinutes: number | null
  readonly inBedMinutes: number | null
  readonly awakeMinutes: number | null
  readonly coreMinutes: number | null
  readonly deepMinutes: number | null
  readonly remMinutes: number | null
  readonly unspecifiedMinutes: number | null
  /** In order of time, without overlap; empty for a night that came as sums alone. */
  readonly stages: readonly StageInterval[]
  /** Time in bed as intervals in order; empty where none was recorded. */
  readonly inBed: readonly Interval[]
  /** Zone of waking. */
  readonly timezone: string
  readonly uploadIds: readonly string[]
}

const isAsleep = ({ value }: Sample) =>
  value !== null && value !== sleepStage.inBed && value !== sleepStage.awake

function cluster(segments: readonly Sample[]): Sample[][] {
  const sessions: Sample[][] = []
  let end = -Infinity
  for (const segment of [...segments].sort((a, b) => a.start - b.start)) {
    const current = sessions.at(-1)
    if (current && segment.start - end <= sessionGapMs) current.push(segment)
    else sessions.push([segment])
    end = Math.max(current && segment.start - end <= sessionGapMs ? end : -Infinity, segment.end)
  }
  return sessions
}

/** The source whose stages hold: the highest priority that saw sleep. */
function stageSource(segments: readonly Sample[]): Sample[] {
  const asleep = segments.filter(isAsleep)
  const [best] = asleep.map((segment) => priorityKey(segment.source)).sort(byPriority)
  return segments.filter(
    (segment) => segment.value !== sleepStage.inBed && priorityKey(segment.source) === best,
  )
}

/** Segments in order of time, each cut to begin where those before it end; nothing is left of one that lies in them. */
function oneAfterAnother(segments: readonly Sample[]): { part: Interval; stage: number }[] {
  let coveredUntil = -Infinity
  return segments.map(({ start, end, value }) => {
    const part = { start: Math.max(start, coveredUntil), end }
    coveredUntil = Math.max(coveredUntil, end)
    return { part, stage: value ?? sleepStage.unspecified }
  })
}

/**
 * Intervals of each stage of one source; where its segments overlap, the one that started first holds. Sleep without a
 * stage holds only where nothing else is said: a source without a name may be two apps, one of which knows no stages.
 */
function stageIntervals(segments: readonly Sample[]): Map<number, Interval[]> {
  const stages = new Map<number, Interval[]>()
  const isPlain = ({ value }: Sample) => (value ?? sleepStage.unspecified) === sleepStage.unspecified
  const staged = segments.filter((segment) => !isPlain(segment))
  const covered = unionOf(staged)
  const plain = oneAfterAnother(segments.filter(isPlain)).filter(({ part }) => part.end > part.start)
  const freeParts = plain.flatMap(({ part, stage }) =>
    partsOutside(part, covered).map((free) => ({ part: free, stage })),
  )
  for (const { part, stage } of [...oneAfterAnother(staged), ...freeParts]) {
    const intervals = stages.get(stage) ?? []
    if (part.end > part.start) intervals.push(part)
    stages.set(stage, intervals)
  }
  return stages
}

function inOrder(stages: ReadonlyMap<number, readonly Interval[]>): StageInterval[] {
  return [...stages]
    .flatMap(([stage, intervals]) => intervals.map((interval) => ({ ...interval, stage })))
    .sort((a, b) => a.start - b.start)
}

function toSession(segments: readonly Sample[]): SleepSession {
  const staged = stageSource(segments)
  const inBed = unionOf(segments.filter((segment) => segment.value === sleepStage.inBed))
  const asleep = staged.filter(isAsleep)
  const frame = asleep.length > 0 ? asleep : segments
  const last = frame.reduce((latest, segment) => (segment.end > latest.end ? segment : latest))
  const stages = stageIntervals(staged)
  const minutes = (stage: number) => minutesOf(stages.get(stage) ?? [])
  const { core, deep, rem, awake, unspecified } = sleepStage
  const isStaged = [core, deep, rem].some((stage) => stages.has(stage))
  const hasSleep = asleep.length > 0
  return {
    date: civilDate(last.timezone, last.end),
    start: frame.reduce((first, segment) => Math.min(first, segment.start), Infinity),
    end: last.end,
    asleepMinutes: hasSleep ? minutes(core) + minutes(deep) + minutes(rem) + minutes(unspecified) : null,
    inBedMinutes: inBed.length > 0 ? minutesOf(inBed) : null,
    awakeMinutes: isStaged || stages.has(awake) ? minutes(awake) : null,
    coreMinutes: isStaged ? minutes(core) : null,
    deepMinutes: isStaged ? minutes(deep) : null,
    remMinutes: isStaged ? minutes(rem) : null,
    unspecifiedMinutes: hasSleep ? minutes(unspecified) : null,
    stages: inOrder(stages),
    inBed,
    timezone: last.timezone,
    uploadIds: [...new Set(segments.flatMap(({ upload_ids }) => upload_ids))],
  }
}

/** A night that the client summed itself, in minutes by stage in its metadata. */
function fromSummedNight(night: Sample): SleepSession {
  const minutes = (key: string) => {
    const value = night.metadata?.[key]
    return typeof value === 'number' ? value : null
  }
  return {
    date: civilDate(night.timezone, night.end),
    start: night.start,
    end: night.end,
    asleepMinutes: night.value,
    inBedMinutes: minutes('in_bed_minutes'),
    awakeMinutes: minutes('awake_minutes'),
    coreMinutes: minutes('core_minutes'),
    deepMinutes: minutes('deep_minutes'),
    remMinutes: minutes('rem_minutes'),
    unspecifiedMinutes: minutes('unspecified_minutes'),
    stages: [],
    inBed: [],
    timezone: night.timezone,
    uploadIds: night.upload_ids,
  }
}

/** A night is sent again while it lasts: of summed nights that overlap, the longest tells all of it. */
function longestOfEach(nights: readonly SleepSession[]): SleepSession[] {
  const kept: SleepSession[] = []
  let end = -Infinity
  for (const night of [...nights].sort((a, b) => a.start - b.start || inOrderOfLength(a, b))) {
    const last = kept.at(-1)
    if (!last || night.start >= end) kept.push(night)
    else if (inOrderOfLength(night, last) < 0) kept[kept.length - 1] = night
    end = Math.max(end, night.end)
  }
  return kept
}

/** Sleep of one civil day of waking: its longest session is the night, the others are naps. */
export interface DaySleep {
  readonly night: SleepSession
  readonly naps: readonly SleepSession[]
  readonly napsMinutes: number
  readonly uploadIds: readonly string[]
}

function length(session: SleepSession): number {
  return session.asleepMinutes ?? 0
}

function inOrderOfLength(left: SleepSession, right: SleepSession): number {
  return (
    length(right) - length(left) ||
    right.end - right.start - (left.end - left.start) ||
    left.start - right.start
  )
}

/**
 * Nights and naps by the civil day of waking, in the zone of the last segment. Stages come from the source of highest
 * priority that saw sleep, time in bed from any source. Nights that a client summed itself stand only where no
 * segments tell of that day.
 */
export function daySleep(
  segments: readonly Sample[],
  summedNights: readonly Sample[],
): Map<string, DaySleep> {
  const measured = cluster(segments).map(toSession)
  const measuredDates = new Set(
    measured.filter((session) => session.asleepMinutes !== null).map(({ date }) => date),
  )
  const summed = longestOfEach(summedNights.map(fromSummedNight)).filter(
    ({ date }) => !measuredDates.has(date),
  )
  const summedDates = new Set(summed.map(({ date }) => date))
  const sessions = [...measured.filter(({ date }) => !summedDates.has(date)), ...summed]
  const days = new Map<string, DaySleep>()
  for (const session of sessions.sort(inOrderOfLength)) {
    const day = days.get(session.date)
    days.set(session.date, {
      night: day?.night ?? session,
      naps: day ? [...day.naps, session] : [],
      napsMinutes: day ? day.napsMinutes + length(session) : 0,
      uploadIds: [...(day?.uploadIds ?? []), ...session.uploadIds],
    })
  }
  return days
}
