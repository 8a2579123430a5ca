import { Failure, notFound, unavailable } from '@clarity/failure'

export interface CallLimits {
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** Runs one call of Google's client within its time limit and translates what goes wrong. */
export async function limited<T>(call: () => Promise<T>, { timeoutMs, signal }: CallLimits): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const limit = signal ? AbortSignal.any([timeout, signal]) : timeout
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(late())
  if (limit.aborted) stop()
  limit.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([limit.aborted ? stopped : call(), stopped])
  } catch (error) {
    throw storageFailure(error)
  } finally {
    limit.removeEventListener('abort', stop)
  }
}

/** The HTTP status of an answer of Cloud Storage, undefined where there was none. */
export function storageStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, status } = error as { code?: unknown; status?: unknown }
  return [code, status].map(Number).find((value) => value >= 100 && value < 600)
}

/** A `404` is `not-found`; everything else that storage or the network says may pass, and its text stays in the cause. */
export function storageFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (storageStatus(error) === 404) {
    return notFound({ code: 'object_not_found', detail: 'The stored object is gone.' }, error)
  }
  return unavailable({
    code: 'raw_store_unavailable',
    detail: 'The store of raw uploads gave no good answer.',
  })
}

function late(): Failure {
  return unavailable({
    code: 'raw_store_unavailable',
    detail: 'The store of raw uploads did not answer in time.',
  })
}
