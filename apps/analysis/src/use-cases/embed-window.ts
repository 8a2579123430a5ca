import type { Recording } from '@clarity/actigraphy'
import type { Analysis, PatResult } from '@clarity/contracts'
import {
  type PatModel,
  type ReferenceActivity,
  type Standardised,
  attentionByHour,
  standardise,
  standardiseAgainst,
} from '@clarity/pat-model'
import type { Analyses } from '@clarity/record-store'
import { withSpan } from '@clarity/telemetry'
import { events } from '../events.ts'
import { ANALYSES_SEARCHED, driftMeasure, earlierWeeks } from '../measures/pat-drift.ts'
import { NO_STEPS, type StepEvidence } from '../measures/rhythm-measures.ts'

/** Fewer valid days say too little of a week for the transformer. */
const PAT_VALID_DAYS = 4

const WITHIN_PERSON = 'within-person z-score of the window; unobserved minutes 0 afterwards'

export interface WindowToEmbed {
  /** At least as long as a week where nothing forbids to ask the model. */
  readonly recording: Recording
  readonly input: PatResult['input']
  /** Why the model is not asked, whatever the minutes say. */
  readonly abstention: string | undefined
  readonly userId: string
  /** First civil date. */
  readonly start: string
  readonly signal: AbortSignal
}

export type EmbedWindow = (window: WindowToEmbed) => Promise<{ pat: PatResult; imputedShare: number }>

/** Why a window of steps is not for the model; undefined where it is. */
export function stepAbstention({ hasSteps, validDays }: StepEvidence): string | undefined {
  return hasSteps ? tooFewDays(validDays) : NO_STEPS
}

export function tooFewDays(validDays: number): string | undefined {
  return validDays < PAT_VALID_DAYS
    ? `needs ${PAT_VALID_DAYS} valid days, the window has ${validDays}`
    : undefined
}

/**
 * Has the model embed a window, or says why not; with the person's stored analyses, how far it lies from earlier weeks.
 */
export function createEmbedWindow(model: PatModel, analyses?: Pick<Analyses, 'list'>): EmbedWindow {
  const { manifest, embed } = model
  const storedAnalyses = async (userId: string): Promise<Analysis[]> =>
    (await analyses?.list(userId, { limit: ANALYSES_SEARCHED }))?.data ?? []
  return async ({ recording, input, abstention, userId, start, signal }) => {
    const reference = model.reference?.unit === input ? model.reference : undefined
    const standardised = standardisedWeek(recording, reference)
    const { values, imputedShare } = standardised
    const reason = abstention ?? unstandardised(standardised)
    const standardisation = reference ? againstReference(reference) : WITHIN_PERSON
    const common = {
      input,
      // Nobody has validated the model on steps or against a reference; on counts within the person its card tells.
      validated: input === 'activity_counts' && !reference && manifest.quality?.beats_baselines === true,
      model: { name: manifest.name, sha256: manifest.sha256, provenance: manifest.provenance },
      standardisation,
      heads: {},
      quality: manifest.quality?.summary ?? 'nobody has measured this model',
    }
    if (reason !== undefined || values === undefined) {
      return {
        pat: { ...common, status: 'abstained', ...(reason && { reason }), embedding: null },
        imputedShare,
      }
    }
    const encoded = await measured(() => embed(values, signal))
    const embedding = Array.from(encoded.embedding)
    const attention = encoded.attention && attentionByHour(encoded.attention, recording.startMinuteOfDay)
    const pat: PatResult = {
      ...common,
      status: 'computed',
      embedding,
      ...(attention && { attention_by_hour: attention }),
      ...(analyses && {
        drift: driftMeasure(
          embedding,
          earlierWeeks(await storedAnalyses(userId), {
            start,
            modelSha256: manifest.sha256,
            standardisation,
          }),
        ),
      }),
    }
    return { pat, imputedShare }
  }
}

/** Against the reference group where there is one in the unit of the recording, otherwise within the person. */
function standardisedWeek(
  { minutes, startMinuteOfDay }: Recording,
  reference: ReferenceActivity | undefined,
): Standardised {
  const activity = Array.from(minutes, (minute) => (Number.isNaN(minute) ? null : minute))
  return reference ? standardiseAgainst(reference, { activity, startMinuteOfDay }) : standardise(activity)
}

/** With the file's digest: a reference may change and keep its name. */
function againstReference({ name, sha256 }: ReferenceActivity): string {
  return `z-score of each minute of the week against the reference ${name} (sha256 ${sha256.slice(0, 12)}); unobserved minutes 0 afterwards`
}

function unstandardised({ values }: Standardised): string | undefined {
  return values === undefined ? 'the observed minutes do not vary' : undefined
}

function measured<T>(infer: () => Promise<T>): Promise<T> {
  return withSpan('pat inference', {}, async () => {
    const started = performance.now()
    const result = await infer()
    events.inferred((performance.now() - started) / 1000)
    return result
  })
}
