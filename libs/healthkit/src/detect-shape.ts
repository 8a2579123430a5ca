import { fhir } from './fhir.ts'
import { flatNdjson } from './flat-ndjson.ts'
import { flutterHealth } from './flutter-health.ts'
import { healthAutoExport } from './health-auto-export.ts'
import { healthAutoExportFile } from './health-auto-export-file.ts'
import { openWearables } from './open-wearables.ts'
import { ownExport } from './own-export.ts'
import { rawEnvelope } from './raw-envelope.ts'
import { reactNativeHealth } from './react-native-health.ts'
import { reactNativeHealthkit } from './react-native-healthkit.ts'
import type { Shape } from './reading.ts'
import { typeKeyedMap } from './type-keyed-map.ts'

/** Every JSON shape, the more telling ones first. */
export const shapes: readonly Shape[] = [
  ownExport,
  flatNdjson,
  fhir,
  rawEnvelope,
  reactNativeHealthkit,
  flutterHealth,
  openWearables,
  healthAutoExport,
  healthAutoExportFile,
  typeKeyedMap,
  // Its wrappers are the app's own and tell the least.
  reactNativeHealth,
]

/** The shape of a parsed body or of one NDJSON line; undefined where it is none that is known. */
export function detectShape(root: unknown): Shape | undefined {
  return shapes.find((shape) => shape.matches(root))
}
