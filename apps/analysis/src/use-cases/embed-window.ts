import type { Recording } from '@clarity/actigraphy'
import type { Analysis, PatResult } from '@clarity/contracts'
import { type PatModel, type Standardised, attentionByHour, standardise } from '@clarity/pat-model'
import type { Analyses } from '@clarity/record-store'
import { withSpan } from '@clarity/telemetry'
import { events } from '../events.ts'
import { ANALYSES_SEARCHED, driftMeasure, earlierWeeks } from '../measures/pat-drift.ts'
import { NO_STEPS, type StepEvidence } from '../measures/rhythm-measures.ts'

/** Fewer valid days say too little of a week for the transformer. */
const PAT_VALID_DAYS = 4

export interface WindowToEmbed {
  readonly recording: Recording
  readonly evidence: StepEvidence
  readonly userId: string
  /** First civil date. */
  readonly start: string
  readonly signal: AbortSignal
}

export type EmbedWindow = (window: WindowToEmbed) => Promise<{ pat: PatResult; imputedShare: number }>

/** Has the model embed a window, or says why not; with the person's stored analyses, how far it lies from earlier weeks. */
export function createEmbedWindow(model: PatModel, analyses?: Pick<Analyses, 'list'>): EmbedWindow {
  const { manifest, embed } = model
  const storedAnalyses = async (userId: string): Promise<Analysis[]> =>
    (await analyses?.list(userId, { limit: ANALYSES_SEARCHED }))?.data ?? []
  return async ({ recording, evidence, userId, start, signal }) => {
    const minutes = Array.from(recording.minutes, (minute) => (Number.isNaN(minute) ? null : minute))
    const input = standardise(minutes)
    const reason = abstention(evidence, input)
    const common = {
      input: 'steps' as const,
      validated: false,
      model: { name: manifest.name, sha256: manifest.sha256, provenance: manifest.provenance },
      standardisation: 'within-person z-score of the window; unobserved minutes 0 afterwards',
      heads: {},
      quality: manifest.quality?.summary ?? 'nobody has measured this model',
    }
    const { imputedShare } = input
    if (reason !== undefined || input.values === undefined) {
      return {
        pat: { ...common, status: 'abstained', ...(reason && { reason }), embedding: null },
        imputedShare,
      }
    }
    const encoded = await measured(() => embed(input.values, signal))
    const embedding = Array.from(encoded.embedding)
    const earlier = earlierWeeks(await storedAnalyses(userId), { start, modelSha256: manifest.sha256 })
    const attention = encoded.attention && attentionByHour(encoded.attention, recording.startMinuteOfDay)
    const pat: PatResult = {
      ...common,
      status: 'computed',
      embedding,
      ...(attention && { attention_by_hour: attention }),
      drift: driftMeasure(embedding, earlier),
    }
    return { pat, imputedShare }
  }
}

/** Why the model is not asked; undefined where it is. */
function abstention({ hasSteps, validDays }: StepEvidence, input: Standardised): string | undefined {
  if (!hasSteps) return NO_STEPS
  if (validDays < PAT_VALID_DAYS) return `needs ${PAT_VALID_DAYS} valid days, the window has ${validDays}`
  return input.values === undefined ? 'the observed minutes do not vary' : undefined
}

function measured<T>(infer: () => Promise<T>): Promise<T> {
  return withSpan('pat inference', {}, async () => {
    const started = performance.now()
    const result = await infer()
    events.inferred((performance.now() - started) / 1000)
    return result
  })
}
