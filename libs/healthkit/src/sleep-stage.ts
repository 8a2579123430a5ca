import { sleepStage } from '@clarity/health-data'
import { isObject } from './json.ts'

const { inBed, unspecified, awake, core, deep, rem } = sleepStage

/** Six vocabularies of the clients, without their prefixes and punctuation (healthkit.md, section 3). */
const words: ReadonlyMap<string, number> = new Map([
  ['inbed', inBed],
  ['asleep', unspecified],
  ['asleepunspecified', unspecified],
  ['unspecified', unspecified],
  ['sleeping', unspecified],
  ['awake', awake],
  ['awakeinbed', awake],
  ['outofbed', awake],
  ['core', core],
  ['asleepcore', core],
  ['light', core],
  ['deep', deep],
  ['asleepdeep', deep],
  ['rem', rem],
  ['asleeprem', rem],
])

/** HealthKit's sleep code 0..5 of whatever a client calls a stage; undefined for anything else. */
export function sleepStageOf(value: unknown): number | undefined {
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= inBed && value <= rem ? value : undefined
  if (isObject(value)) {
    const inner = value.stage ?? value.value
    return isObject(inner) ? undefined : sleepStageOf(inner)
  }
  if (typeof value !== 'string' || value.length > 64) return undefined
  if (/^\s*[0-5](\.0+)?\s*$/.test(value)) return Number(value)
  const word = value
    .replace(/^HKCategoryValueSleepAnalysis/, '')
    .replace(/^SLEEP_/i, '')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()
  return words.get(word)
}
