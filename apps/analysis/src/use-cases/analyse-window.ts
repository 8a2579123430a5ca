import { MINUTES_PER_DAY } from '@clarity/actigraphy'
import type { Analysis } from '@clarity/contracts'
import { datesBetween } from '@clarity/health-data'
import type { PatModel } from '@clarity/pat-model'
import type { Analyses } from '@clarity/record-store'
import type { AnalysisInput } from '../measures/analysis-input.ts'
import { METHOD_VERSION, isValidDay } from '../measures/analysis-window.ts'
import { baselineDeviations } from '../measures/baseline-comparison.ts'
import { windowRedFlags } from '../measures/red-flags.ts'
import { rhythmMeasures } from '../measures/rhythm-measures.ts'
import { hasStepMinutes, stepGrid } from '../measures/step-grid.ts'
import { vitalSections } from '../measures/vital-sections.ts'
import { windowReadings } from '../measures/window-readings.ts'
import { createEmbedWindow, stepAbstention } from './embed-window.ts'

export interface WindowRequest {
  readonly userId: string
  /** The upload that caused the analysis; null for none. */
  readonly uploadId: string | null
  readonly at: string
  readonly signal: AbortSignal
}

export type AnalyseWindow = (input: AnalysisInput, request: WindowRequest) => Promise<Analysis>

/** Makes the analysis of a window: rhythm of the steps, vital signs of the days, what stands out, and the model's embedding or why not. */
export function createAnalyseWindow(
  model: PatModel,
  analyses?: Pick<Analyses, 'lastWeekBefore'>,
): AnalyseWindow {
  const embedWindow = createEmbedWindow(model, analyses)
  return async (input, request) => {
    const recording = stepGrid(input)
    const observed = recording.minutes.filter((minute) => !Number.isNaN(minute)).length
    const validDays = input.days.filter(isValidDay)
    const evidence = { validDays: validDays.length, hasSteps: hasStepMinutes(input) }
    const readings = windowReadings(input)
    const { flags, examined } = windowRedFlags(input, readings)
    const { pat, imputedShare } = await embedWindow({
      ...request,
      recording,
      clockMinuteOf: (minute) => minute % MINUTES_PER_DAY,
      input: 'steps',
      abstention: stepAbstention(evidence),
      start: input.start,
    })
    return {
      analysis_id: input.analysisId,
      user_id: request.userId,
      upload_id: request.uploadId,
      upload_ids: [...input.uploadIds],
      created_at: request.at,
      digest: input.digest,
      method_version: METHOD_VERSION,
      window: {
        start: input.start,
        end: input.end,
        timezone: input.timezone,
        valid_days: validDays.length,
        coverage: observed / recording.minutes.length,
      },
      signal: 'steps',
      rhythm: rhythmMeasures(recording, evidence),
      ...vitalSections(input, { recording, readings, validDays }),
      baseline_deviations: baselineDeviations(validDays, input.baseline),
      red_flags: [...flags],
      pat,
      quality: {
        observed_minutes: observed,
        window_minutes: recording.minutes.length,
        imputed_share: imputedShare,
        rules_examined: [...examined],
        days: qualityOfDays(input),
      },
    }
  }
}

function qualityOfDays({ start, end, days }: AnalysisInput): Analysis['quality']['days'] {
  const held = new Map(days.map((day) => [day.date, day]))
  return datesBetween(start, end).map((date) => {
    const day = held.get(date)
    return {
      date,
      observed_hours: Number(day?.details?.observed_hours ?? 0),
      valid: day !== undefined && isValidDay(day),
    }
  })
}
