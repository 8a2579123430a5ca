import { nonWearIntervals } from '@clarity/actigraphy'
import type { Analysis, AnalyzeActivity } from '@clarity/contracts'
import type { Measure } from '@clarity/health-data'
import { type PatModel, WEEK_MINUTES } from '@clarity/pat-model'
import { METHOD_VERSION } from '../measures/analysis-window.ts'
import { contentId, sha256 } from '../measures/content-hash.ts'
import { type CountSeries, countSeries } from '../measures/count-series.ts'
import { countRhythm } from '../measures/rhythm-measures.ts'
import { scoredSleep } from '../measures/scored-sleep.ts'
import { vitalSections } from '../measures/vital-sections.ts'
import { windowReadings } from '../measures/window-readings.ts'
import { createEmbedWindow, tooFewDays } from './embed-window.ts'

/** Who asked, and when. */
export interface Asked {
  readonly userId: string
  readonly at: string
  readonly signal: AbortSignal
}

export type AnalyseCounts = (
  request: AnalyzeActivity,
  asked: Asked,
) => Promise<{ analysis: Analysis; sleepWake: Readonly<Record<string, string>> }>

const NOT_SENT = 'the request holds activity alone'

/** The analysis of activity counts that a request holds: rhythm, the scorings asked for, and the model's embedding. */
export function createAnalyseCounts(model: PatModel): AnalyseCounts {
  const embedWindow = createEmbedWindow(model)
  return async (request, { userId, at, signal }) => {
    const series = countSeries(request)
    const sleep = scoredSleep(series.recording, request)
    const window = windowOf(series, request.timezone)
    const { pat, imputedShare } = await embedWindow({
      recording: series.lastWeek.recording,
      clockMinuteOf: series.lastWeek.clockMinuteOf,
      input: 'activity_counts',
      abstention: abstention(series),
      userId,
      start: window.start,
      signal,
    })
    const digest = digestOf(request)
    const analysis: Analysis = {
      analysis_id: contentId(userId, 'counts', digest, model.identity, METHOD_VERSION),
      user_id: userId,
      upload_id: null,
      upload_ids: [],
      created_at: at,
      digest,
      method_version: METHOD_VERSION,
      window,
      signal: 'activity_counts',
      rhythm: countRhythm(series.onClock, {
        validDays: window.valid_days,
        regularity: sleep.regularity,
      }),
      ...unmeasuredSections(window),
      baseline_deviations: [],
      red_flags: [],
      pat,
      quality: { ...qualityOf(series), imputed_share: imputedShare },
      ...(request.scoring && { sleep_regularity: sleep.regularityByScoring }),
    }
    return { analysis, sleepWake: sleep.sleepWake }
  }
}

/** Of everything that decides the analysis; what is only shown beside it does not. */
function digestOf(request: AnalyzeActivity): string {
  const { start, timezone, activity, scoring = [], count_scale = 1, count_cap = null } = request
  return sha256(JSON.stringify([Date.parse(start), timezone, activity, scoring, count_scale, count_cap]))
}

function abstention({ lastWeek: { recording, validDays } }: CountSeries): string | undefined {
  const { length } = recording.minutes
  return length < WEEK_MINUTES
    ? `needs ${WEEK_MINUTES} minutes, the request has ${length}`
    : tooFewDays(validDays)
}

function windowOf({ recording, days }: CountSeries, timezone: string): Analysis['window'] {
  return {
    start: days[0]!.date,
    end: days.at(-1)!.date,
    timezone,
    valid_days: days.filter(({ valid }) => valid).length,
    coverage: observedMinutes(recording.minutes) / recording.minutes.length,
  }
}

function qualityOf({ recording, days }: CountSeries): Omit<Analysis['quality'], 'imputed_share'> {
  return {
    observed_minutes: observedMinutes(recording.minutes),
    window_minutes: recording.minutes.length,
    rules_examined: [],
    days: days.map(({ date, observedMinutes, valid }) => ({
      date,
      observed_hours: Math.floor(observedMinutes / 60),
      valid,
    })),
    non_wear_minutes: nonWearIntervals(recording).reduce((sum, { start, end }) => sum + end - start, 0),
  }
}

function observedMinutes(minutes: Float64Array): number {
  return minutes.reduce((count, minute) => (Number.isNaN(minute) ? count : count + 1), 0)
}

/** Every section of measures, none of which activity counts can tell. */
function unmeasuredSections({ start, end, timezone }: Analysis['window']) {
  const nothing = { days: [], baseline: [], samples: [], sleep: [], uploadIds: [] }
  const input = { analysisId: '', digest: '', start, end, timezone, ...nothing }
  const recording = { minutes: new Float64Array(0), startMinuteOfDay: 0 }
  const { activity, sleep, heart, hrv, respiration, oxygen } = vitalSections(input, {
    recording,
    readings: windowReadings(input),
    validDays: [],
  })
  const sections = Object.entries({ activity, sleep, heart, hrv, respiration, oxygen }).map(
    ([name, section]) => [name, withoutValues(section)],
  )
  return Object.fromEntries(sections) as Pick<
    Analysis,
    'activity' | 'sleep' | 'heart' | 'hrv' | 'respiration' | 'oxygen'
  >
}

function withoutValues(section: Readonly<Record<string, Measure>>): Record<string, Measure> {
  const entries = Object.entries(section).map(([name, { unit, method }]) => [
    name,
    { value: null, unit, method: methodAlone(method), reason: NOT_SENT },
  ])
  return Object.fromEntries(entries) as Record<string, Measure>
}

/** Without the days that a mean or median was made over: there are none. */
function methodAlone(method: string): string {
  return method.replace(/;? ?(median )?over \d+ of \d+ valid days$/, '')
}
