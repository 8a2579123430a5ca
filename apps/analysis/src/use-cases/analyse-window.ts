import type { Recording } from '@clarity/actigraphy'
import type { Analysis, PatResult } from '@clarity/contracts'
import { datesBetween } from '@clarity/health-data'
import { type PatModel, type Standardised, standardise } from '@clarity/pat-model'
import { withSpan } from '@clarity/telemetry'
import { events } from '../events.ts'
import { type AnalysisInput, METHOD_VERSION, isValidDay } from '../measures/analysis-input.ts'
import { dayMeans } from '../measures/day-means.ts'
import { NO_STEPS, type StepEvidence, rhythmMeasures } from '../measures/rhythm-measures.ts'
import { hasStepMinutes, stepGrid } from '../measures/step-grid.ts'

/** Fewer valid days say too little of a week for the transformer. */
const PAT_VALID_DAYS = 4

export interface WindowRequest {
  readonly userId: string
  /** The upload that caused the analysis; null for none. */
  readonly uploadId: string | null
  readonly at: string
  readonly signal: AbortSignal
}

export type AnalyseWindow = (input: AnalysisInput, request: WindowRequest) => Promise<Analysis>

/** Makes the analysis of a window: rhythm of the steps, means of the days, and the model's embedding or why not. */
export function createAnalyseWindow(model: PatModel): AnalyseWindow {
  const embed = createEmbed(model)
  return async (input, request) => {
    const recording = stepGrid(input)
    const observed = recording.minutes.filter((minute) => !Number.isNaN(minute)).length
    const validDays = input.days.filter(isValidDay)
    const evidence = { validDays: validDays.length, hasSteps: hasStepMinutes(input) }
    const { pat, imputedShare } = await embed(recording, evidence, request.signal)
    return {
      analysis_id: input.analysisId,
      user_id: request.userId,
      upload_id: request.uploadId,
      upload_ids: [...new Set(input.samples.flatMap((sample) => sample.upload_ids))].sort(),
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
      ...dayMeans(validDays),
      baseline_deviations: [],
      red_flags: [],
      pat,
      quality: {
        observed_minutes: observed,
        window_minutes: recording.minutes.length,
        imputed_share: imputedShare,
        rules_examined: [],
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

/** Why the model is not asked; undefined where it is. */
function abstention({ hasSteps, validDays }: StepEvidence, input: Standardised): string | undefined {
  if (!hasSteps) return NO_STEPS
  if (validDays < PAT_VALID_DAYS) return `needs ${PAT_VALID_DAYS} valid days, the window has ${validDays}`
  return input.values === undefined ? 'the observed minutes do not vary' : undefined
}

function createEmbed({ manifest, embed }: PatModel) {
  return async (recording: Recording, evidence: StepEvidence, signal: AbortSignal) => {
    const minutes = Array.from(recording.minutes, (minute) => (Number.isNaN(minute) ? null : minute))
    const input = standardise(minutes)
    const reason = abstention(evidence, input)
    const embedding =
      reason === undefined && input.values ? await measured(() => embed(input.values, signal)) : undefined
    const pat: PatResult = {
      status: embedding ? 'computed' : 'abstained',
      ...(reason === undefined ? {} : { reason }),
      input: 'steps',
      validated: false,
      model: { name: manifest.name, sha256: manifest.sha256, provenance: manifest.provenance },
      standardisation: 'within-person z-score of the window; unobserved minutes 0 afterwards',
      embedding: embedding ? Array.from(embedding.embedding) : null,
      heads: {},
      quality: manifest.quality?.summary ?? 'nobody has measured this model',
    }
    return { pat, imputedShare: input.imputedShare }
  }
}

function measured<T>(infer: () => Promise<T>): Promise<T> {
  return withSpan('pat inference', {}, async () => {
    const started = performance.now()
    const result = await infer()
    events.inferred((performance.now() - started) / 1000)
    return result
  })
}
