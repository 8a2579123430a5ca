import type { Recording } from '@clarity/actigraphy'
import type { PatResult } from '@clarity/contracts'
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
import { driftMeasure, earlierWeeks } from '../measures/pat-drift.ts'
import { NO_STEPS, type StepEvidence } from '../measures/rhythm-measures.ts'

/** Fewer valid days say too little of a week for the transformer. */
const PAT_VALID_DAYS = 4

const WITHIN_PERSON = 'within-person z-score of the window; unobserved minutes 0 afterwards'

export interface WindowToEmbed {
  /** At least as long as a week where nothing forbids to ask the model. */
  readonly recording: Recording
  /** The clock minute (0..1439) of each of its minutes. */
  readonly clockMinuteOf: (minute: number) => number
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
export function createEmbedWindow(model: PatModel, analyses?: Pick<Analyses, 'lastWeekBefore'>): EmbedWindow {
  const { manifest, embed } = model
  return async ({ recording, clockMinuteOf, input, abstention, userId, start, signal }) => {
    const reference = model.reference?.unit === input ? model.reference : undefined
    const standardised = standardisedWeek(recording.minutes, { clockMinuteOf, reference })
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
    const week = { start, modelSha256: manifest.sha256, standardisation }
    const [encoded, earlier] = await Promise.all([
      measured(() => embed(values, signal)),
      analyses && earlierWeeks((date) => analyses.lastWeekBefore(userId, date), week),
    ])
    const embedding = Array.from(encoded.embedding)
    const attention = encoded.attention && attentionByHour(encoded.attention, clockMinuteOf)
    const pat: PatResult = {
      ...common,
      status: 'computed',
      embedding,
      ...(attention && { attention_by_hour: attention }),
      ...(earlier && { drift: driftMeasure(embedding, earlier) }),
    }
    return { pat, imputedShare }
  }
}

/** Against the reference group where there is one in the unit of the recording, otherwise within the person. */
function standardisedWeek(
  minutes: Float64Array,
  {
    clockMinuteOf,
    reference,
  }: Pick<WindowToEmbed, 'clockMinuteOf'> & { reference: ReferenceActivity | undefined },
): Standardised {
  const activity = Array.from(minutes, (minute) => (Number.isNaN(minute) ? null : minute))
  return reference ? standardiseAgainst(reference, { activity, clockMinuteOf }) : standardise(activity)
}

/** With the file's digest: a reference may change and keep its name. */
function againstReference({ name, sha256 }: ReferenceActivity): string {
  return `z-score of each minute of the week against the reference ${name} (sha256 ${sha256.slice(0, 12)}); unobserved minutes 0 afterwards`
}

function unstandardised(standardised: Standardised): string | undefined {
  if (standardised.values !== undefined) return undefined
  return standardised.reason === 'out-of-range'
    ? 'a minute is beyond what the model’s numbers hold'
    : 'the observed minutes do not vary'
}

function measured<T>(infer: () => Promise<T>): Promise<T> {
  return withSpan('pat inference', {}, async () => {
    const started = performance.now()
    const result = await infer()
    events.inferred((performance.now() - started) / 1000)
    return result
  })
}
