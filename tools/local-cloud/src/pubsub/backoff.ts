import { toMilliseconds, type SubscriptionResource } from './protocol.ts'

/** Pub/Sub's own back-off for pushes, which no setting turns off. */
const PUSH_BACKOFF_MS = { minimum: 100, maximum: 60_000 }

/**
 * How long a message waits after its `attempts`-th delivery failed, in milliseconds: exponential between the
 * bounds of the retry policy. Without one a pull subscription redelivers at once, and a push subscription waits
 * 100 ms to 60 s.
 *
 * Google slows a whole push subscription down when messages fail; here only the failing message waits, so that
 * one machine's tests do not depend on each other's failures.
 */
export function backoffMs(subscription: SubscriptionResource, attempts: number): number {
  const { retryPolicy, pushConfig } = subscription
  if (retryPolicy?.minimumBackoff && retryPolicy.maximumBackoff) {
    const minimum = toMilliseconds(retryPolicy.minimumBackoff)
    return exponential(minimum, toMilliseconds(retryPolicy.maximumBackoff), attempts)
  }
  if (!pushConfig?.pushEndpoint) return 0
  return exponential(PUSH_BACKOFF_MS.minimum, PUSH_BACKOFF_MS.maximum, attempts)
}

function exponential(minimum: number, maximum: number, attempts: number): number {
  return Math.min(maximum, minimum * 2 ** Math.min(attempts - 1, 30))
}
