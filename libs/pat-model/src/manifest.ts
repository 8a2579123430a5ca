import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const dimension = z.union([z.literal('batch'), z.int().positive()])
const port = z.object({ name: z.string(), type: z.literal('float32'), shape: z.array(dimension) })

/**
 * What `manifest.json` beside a model's `encoder.onnx` says, as `tools/pat-import` writes it.
 * `sha256` is that of `encoder.onnx`; `heads` is empty because published and shipped weights hold an encoder alone.
 */
export const patManifestSchema = z.object({
  name: z.string().min(1),
  architecture: z.literal('PAT'),
  size: z.enum(['S', 'M', 'L']),
  sha256,
  /** `folded`: made for speed, on the runtime's own operators; `plain`: as published, in standard ones. */
  graph: z.enum(['folded', 'plain']).default('plain'),
  parameters: z.int().positive(),
  layers: z.int().positive(),
  attention_heads: z.int().positive(),
  patch_minutes: z.int().positive(),
  patches: z.int().positive(),
  inputs: z.array(port),
  outputs: z.array(port),
  tensors: z.array(z.object({ name: z.string(), shape: z.array(z.int().positive()) })),
  heads: z.record(z.string(), z.unknown()),
  source: z.object({
    file: z.string(),
    sha256,
    layout: z.string(),
    /** Paths of what the file held beside the encoder. */
    ignored: z.array(z.string()).default([]),
  }),
  licence: z.string(),
  /** One sentence for whoever reads a result: who trained the weights, and on what. */
  provenance: z.string(),
  /** What its model card measured; null where nobody measured anything. */
  quality: z.object({ beats_baselines: z.boolean(), summary: z.string() }).nullable(),
  created_by: z.string(),
})

export type PatManifest = z.infer<typeof patManifestSchema>
