import type { ReadContext } from './context.ts'
import { isObject } from './json.ts'
import { elementSamples } from './react-native-health-elements.ts'
import { isSampleLike, isUntold, wrapped } from './react-native-health-lists.ts'
import { type Reading, rejection, type Shape } from './reading.ts'
import { toSample } from './to-sample.ts'
import { toTombstone } from './tombstone.ts'

function elements(root: unknown, path: string): ReturnType<typeof wrapped> {
  return wrapped(root, { path, key: '', name: undefined, unit: undefined, depth: 0 })
}

function* read(root: unknown, context: ReadContext, path: string): Generator<Reading> {
  for (const { item, path: at, key, name, unit } of elements(root, path)) {
    if (key === 'deletedSamples') yield toTombstone(item, context, at)
    else if (!isObject(item)) yield rejection(at, name?.type ?? null, 'is not an object')
    else for (const raw of elementSamples(item, { path: at, name, unit })) yield toSample(raw, context)
  }
}

const mostLookedAt = 200

/** Whether a body holds the library's samples; looked for among its first elements only. */
function matches(root: unknown): boolean {
  let looked = 0
  for (const { item } of elements(root, '')) {
    if (isSampleLike(item)) return true
    looked += 1
    if (looked > mostLookedAt) return false
  }
  return isObject(root) && Object.entries(root).some(([key, value]) => isMethod(key) && Array.isArray(value))
}

function isMethod(key: string): boolean {
  return /^get[A-Z]\w{0,80}(Samples|Session|Burned|Time|Average|Rate|Exposure|Workouts)$/.test(key)
}

/**
 * agencyenterprise/react-native-health: lists of values without type and unit, which the app wraps by method, option
 * or word.
 */
export const reactNativeHealth: Shape = { name: 'react_native_health', matches, isUntold, read }
