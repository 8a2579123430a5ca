import { healthAutoExport } from './health-auto-export.ts'
import { ownExport } from './own-export.ts'
import { rawEnvelope } from './raw-envelope.ts'
import { reactNativeHealthkit } from './react-native-healthkit.ts'
import type { Shape } from './reading.ts'

/** Every JSON shape, the more telling ones first. */
export const shapes: readonly Shape[] = [ownExport, rawEnvelope, reactNativeHealthkit, healthAutoExport]

/** The shape of a parsed body or of one NDJSON line; undefined where it is none that is known. */
export function detectShape(root: unknown): Shape | undefined {
  return shapes.find((shape) => shape.matches(root))
}
