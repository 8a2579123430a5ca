import { GoogleError } from '../http/google-error.ts'
import type { StoredObject } from './store.ts'

/** The conditions on a call, by query parameter; generation 0 stands for "there is no such object". */
export interface Preconditions {
  readonly ifGenerationMatch?: number | undefined
  readonly ifGenerationNotMatch?: number | undefined
  readonly ifMetagenerationMatch?: number | undefined
  readonly ifMetagenerationNotMatch?: number | undefined
}

const NAMES = [
  'ifGenerationMatch',
  'ifGenerationNotMatch',
  'ifMetagenerationMatch',
  'ifMetagenerationNotMatch',
] as const

/** Reads the conditions of a query; a value that is no number is refused with 400. */
export function preconditionsOf(query: URLSearchParams): Preconditions {
  return Object.fromEntries(NAMES.map((name) => [name, wholeNumber(query, name)]))
}

/** A query parameter that must be a whole number, or undefined where it is absent. */
export function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  if (!/^\d+$/.test(text)) throw new GoogleError(400, 'invalid', `Invalid value for ${name}.`)
  return Number(text)
}

/** Throws 412 where a condition does not hold, or 304 where a reader says that it has this generation already. */
export function checkPreconditions(
  conditions: Preconditions,
  object: Pick<StoredObject, 'generation' | 'metageneration'> | undefined,
  access: 'read' | 'write',
): void {
  const { generation = 0, metageneration = 0 } = object ?? {}
  const differs = (wanted: number | undefined, present: number) => wanted !== undefined && wanted !== present
  if (
    differs(conditions.ifGenerationMatch, generation) ||
    differs(conditions.ifMetagenerationMatch, metageneration)
  ) {
    throw conditionNotMet()
  }
  if (
    conditions.ifGenerationNotMatch === generation ||
    (object && conditions.ifMetagenerationNotMatch === metageneration)
  ) {
    throw access === 'read' ? new GoogleError(304, 'notModified', 'Not Modified') : conditionNotMet()
  }
}

function conditionNotMet(): GoogleError {
  const message = 'At least one of the pre-conditions you specified did not hold.'
  return new GoogleError(412, 'conditionNotMet', message)
}
