import { Failure, unavailable } from '@clarity/failure'

/** gRPC codes that a later, equal call may not meet again: cancelled, unknown, deadline, exhausted, aborted, internal, unavailable. */
const passing = new Set([1, 2, 4, 8, 10, 13, 14])

/** Runs one call of Google's client within its time limit and translates what goes wrong. */
export async function limited<T>(timeoutMs: number, call: () => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(unavailable(didNotAnswer)), timeoutMs)
  try {
    return await Promise.race([call(), late])
  } catch (error) {
    throw firestoreFailure(error)
  } finally {
    clearTimeout(timer)
  }
}

/** What Firestore says, as a failure where trying again can help; its texts name documents, so they stay in the cause. */
export function firestoreFailure(error: unknown): unknown {
  if (error instanceof Failure) return error
  const code = grpcCode(error)
  if (code === undefined) return error
  if (passing.has(code)) return unavailable(didNotAnswer, error)
  return new Error(`Firestore refused a call with gRPC code ${code}.`, { cause: error })
}

/** The gRPC status code of a vendor error, undefined for any other. */
export function grpcCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code } = error as { code?: unknown }
  return typeof code === 'number' ? code : undefined
}

const didNotAnswer = {
  code: 'record_store_unavailable',
  detail: 'The store of records gave no answer in time.',
}
