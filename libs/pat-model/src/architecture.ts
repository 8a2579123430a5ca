import { isDeepStrictEqual } from 'node:util'
import type { PatManifest } from './manifest.ts'

/** Minutes in a week: the length of the encoder's input. */
export const WEEK_MINUTES = 10_080

/** Values in an embedding. */
export const EMBEDDING_SIZE = 96

/** What the published sizes (arXiv 2411.15240) differ in. */
const SIZES = {
  S: { layers: 1, attention_heads: 6, patch_minutes: 18 },
  M: { layers: 2, attention_heads: 12, patch_minutes: 18 },
  L: { layers: 4, attention_heads: 12, patch_minutes: 9 },
} as const satisfies Record<PatManifest['size'], object>

type Shape = Pick<
  PatManifest,
  'layers' | 'attention_heads' | 'patch_minutes' | 'patches' | 'inputs' | 'outputs'
>

const ATTENTION = 'attention'

/**
 * True where a manifest states the layers, patches, inputs and outputs that an encoder of its size has; it may lack the
 * attention profile.
 */
export function fitsArchitecture(manifest: PatManifest): boolean {
  const { layers, attention_heads, patch_minutes, patches, inputs, outputs } = manifest
  const stated: Shape = { layers, attention_heads, patch_minutes, patches, inputs, outputs }
  const expected = shapeOf(manifest.size)
  const bare = { ...expected, outputs: expected.outputs.filter(({ name }) => name !== ATTENTION) }
  return isDeepStrictEqual(stated, expected) || isDeepStrictEqual(stated, bare)
}

function shapeOf(size: PatManifest['size']): Shape {
  const patches = WEEK_MINUTES / SIZES[size].patch_minutes
  return {
    ...SIZES[size],
    patches,
    inputs: [{ name: 'activity', type: 'float32', shape: ['batch', WEEK_MINUTES] }],
    outputs: [
      { name: 'patches', type: 'float32', shape: ['batch', patches, EMBEDDING_SIZE] },
      { name: 'embedding', type: 'float32', shape: ['batch', EMBEDDING_SIZE] },
      { name: ATTENTION, type: 'float32', shape: ['batch', patches] },
    ],
  }
}
