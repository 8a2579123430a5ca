import type { InferenceOutput } from './inference-messages.ts'

/** What the encoder makes of one week. */
export interface PatEmbedding {
  /** Mean over the patches, 96 values. */
  readonly embedding: Float32Array
  /** One row of 96 values a patch, row-major. */
  readonly patches: Float32Array
  /**
   * Of each patch, in time order, the share of the last layer's attention that it received: summed over the queries,
   * averaged over the heads, 1 in total. Absent where the model's encoder has no such output.
   */
  readonly attention?: Float32Array
}

/** The encodings of `weeks` weeks out of one run's outputs, each with memory of its own. */
export function separateWeeks(
  { embedding, patches, attention }: InferenceOutput,
  weeks: number,
): PatEmbedding[] {
  const part = (values: Float32Array, week: number): Float32Array => {
    const size = values.length / weeks
    return values.slice(week * size, (week + 1) * size)
  }
  return Array.from({ length: weeks }, (_, week) => ({
    embedding: part(embedding, week),
    patches: part(patches, week),
    ...(attention && { attention: part(attention, week) }),
  }))
}
