import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  TaskCancelledError,
  TimeoutStrategy,
  circuitBreaker,
  fullJitterGenerator,
  handleWhen,
  retry,
  timeout,
  wrap,
} from 'cockatiel'
import { CallFailure, isTransient } from './call-failure.ts'

export interface CallPolicyOptions {
  readonly timeoutMs: number
  /** Attempts after the first. */
  readonly retries: number
  readonly initialDelayMs: number
  readonly maxDelayMs: number
  /** Attempts that must fail in a row until no call is made. */
  readonly failuresToOpen: number
  /** How long no call is made then; the next one is a probe. */
  readonly openMs: number
}

export interface CallPolicy {
  execute<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>
  onRetry(listener: () => void): void
  isOpen(): boolean
}

/**
 * Retry with full jitter around a circuit breaker around a timeout per attempt.
 *
 * The breaker counts attempts, so that one long outage is noticed within a few calls. Throws `CallFailure` alone.
 */
export function createCallPolicy(options: CallPolicyOptions): CallPolicy {
  const transient = handleWhen(isTransient)
  const retrying = retry(transient, {
    maxAttempts: options.retries,
    backoff: new ExponentialBackoff({
      generator: fullJitterGenerator,
      initialDelay: options.initialDelayMs,
      maxDelay: options.maxDelayMs,
    }),
  })
  const breaker = circuitBreaker(transient, {
    breaker: new ConsecutiveBreaker(options.failuresToOpen),
    halfOpenAfter: options.openMs,
  })
  const limit = timeout(options.timeoutMs, TimeoutStrategy.Aggressive)
  const guarded = wrap(retrying, breaker)
  return {
    execute: (call, signal) =>
      guarded
        .execute(async ({ signal: attempt }) => {
          if (attempt.aborted) throw new CallFailure('cancelled')
          return limit.execute(call, attempt).catch((error: unknown) => {
            throw error instanceof TaskCancelledError
              ? new CallFailure(attempt.aborted ? 'cancelled' : 'timeout')
              : error
          })
        }, signal)
        .catch((error: unknown) => {
          throw error instanceof BrokenCircuitError ? new CallFailure('circuit-open') : error
        }),
    onRetry: (listener) => void retrying.onRetry(listener),
    isOpen: () => breaker.state === CircuitState.Open,
  }
}
