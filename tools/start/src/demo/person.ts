import { addDays, civilDate, instantOf } from '@clarity/health-data'
import { noise, normal } from './noise.ts'

const MINUTE_MS = 60_000

/** What the synthetic person does in one minute. */
export interface MinuteOfLife {
  readonly asleep: boolean
  readonly steps: number
  readonly heartRate: number
}

export interface SleepStage {
  readonly start: number
  readonly end: number
  /** HealthKit's sleep value: 2 awake, 3 core, 4 deep, 5 REM. */
  readonly value: 2 | 3 | 4 | 5
}

/** Bedtime and waking of the night that ends on a civil date, as instants. */
export function night(timezone: string, date: string): { start: number; end: number } {
  const day = Date.parse(date)
  const isWeekend = [0, 6].includes(new Date(day).getUTCDay())
  const bedMinutes = -50 + 22 * normal('bed', day) + (isWeekend ? 45 : 0)
  const wakeMinutes = 415 + 14 * normal('wake', day) + (isWeekend ? 60 : 0)
  const at = (minutes: number) => instantOf(timezone, day + Math.round(minutes) * MINUTE_MS)
  return { start: at(bedMinutes), end: at(wakeMinutes) }
}

/** The stages of that night: cycles of about 90 minutes, deep sleep early, REM late, short awakenings between. */
export function sleepStages(timezone: string, date: string): SleepStage[] {
  const { start, end } = night(timezone, date)
  const stages: SleepStage[] = []
  let at = start
  const add = (value: SleepStage['value'], minutes: number) => {
    const until = Math.min(end, at + Math.round(minutes) * MINUTE_MS)
    if (until > at) stages.push({ start: at, end: until, value })
    at = until
  }
  for (let cycle = 0; at < end; cycle += 1) {
    const vary = (kind: string) => 1 + 0.2 * (noise(kind, at) - 0.5)
    add(3, 24 * vary('core'))
    add(4, Math.max(4, 34 - 9 * cycle) * vary('deep'))
    add(3, 18 * vary('core-late'))
    add(5, (8 + 7 * cycle) * vary('rem'))
    add(2, 1 + 4 * noise('awake', at))
  }
  return stages
}

/** Share of quarter hours with a walk, by clock hour of a working day. */
const WALKING = [
  0, 0, 0, 0, 0, 0, 0.05, 0.2, 0.22, 0.06, 0.05, 0.06, 0.2, 0.08, 0.05, 0.06, 0.08, 0.2, 0.3, 0.12, 0.06,
  0.04, 0.02, 0,
]

/** The person at one minute (an instant on a whole minute); it depends on that minute alone. */
export function minuteOfLife(timezone: string, minute: number): MinuteOfLife {
  const date = civilDate(timezone, minute)
  const nights = [night(timezone, date), night(timezone, addDays(date, 1))]
  const asleep = nights.some(({ start, end }) => minute >= start && minute < end)
  if (asleep) return { asleep, steps: 0, heartRate: 53 + 2.5 * normal('heart', minute) }
  const clockHour = Math.floor((minute - instantOf(timezone, Date.parse(date))) / 3_600_000)
  const quarter = Math.floor(minute / (15 * MINUTE_MS))
  const walking = noise('walk', quarter) < (WALKING[Math.min(clockHour, 23)] ?? 0)
  const cadence = 70 + 35 * noise('cadence', quarter) + 12 * normal('step', minute)
  const isStep = noise('pause', minute) < (walking ? 0.75 : 0.12)
  const steps = isStep ? Math.max(4, Math.round(walking ? cadence : 6 + 18 * noise('pottering', minute))) : 0
  return { asleep, steps, heartRate: 67 + 0.33 * steps + 4 * normal('heart', minute) }
}
