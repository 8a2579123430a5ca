import { z } from 'zod'

/** Float32 arithmetic of any runtime stays well within this; a laxer golden vector would prove other weights too. */
const LAXEST_TOLERANCE = 1e-4

/**
 * What `golden.json` beside a model says: one input and what float64 arithmetic gives for it, written by
 * the importer without the inference runtime. Every value of a right output is within `tolerance`.
 */
export const patGoldenSchema = z.object({
  /** Base64 of the input's little-endian float32 values. */
  input_float32_base64: z.base64(),
  embedding: z.array(z.number()),
  /** The attention profile, where the encoder has that output. */
  attention: z.array(z.number()).optional(),
  tolerance: z.number().positive().max(LAXEST_TOLERANCE),
})

export type PatGolden = z.infer<typeof patGoldenSchema>

/** The input as `embed` takes it. */
export function goldenInput(golden: PatGolden): Float32Array {
  const raw = Buffer.from(golden.input_float32_base64, 'base64')
  return Float32Array.from({ length: raw.length >> 2 }, (_, index) => raw.readFloatLE(index * 4))
}

/** True where the outputs for the golden input are within the tolerance of the golden ones. */
export function reproduces(
  output: { readonly embedding: Float32Array; readonly attention?: Float32Array },
  { embedding, attention, tolerance }: PatGolden,
): boolean {
  const near = (expected: readonly number[], values: Float32Array | undefined): boolean =>
    values?.length === expected.length &&
    expected.every((value, index) => Math.abs(value - (values[index] ?? NaN)) <= tolerance)
  return near(embedding, output.embedding) && (attention === undefined || near(attention, output.attention))
}
