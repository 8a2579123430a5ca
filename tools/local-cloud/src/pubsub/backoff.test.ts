import { backoffMs } from './backoff.ts'
import type { SubscriptionResource } from './protocol.ts'
import { normaliseSubscription } from './validation.ts'

function subscription(settings: Partial<SubscriptionResource>): SubscriptionResource {
  return normaliseSubscription({
    name: 'projects/p/subscriptions/s',
    topic: 'projects/p/topics/t',
    pushConfig: null,
    ackDeadlineSeconds: 0,
    messageRetentionDuration: null,
    enableMessageOrdering: false,
    enableExactlyOnceDelivery: false,
    filter: '',
    deadLetterPolicy: null,
    retryPolicy: null,
    messageTransforms: [],
    ...settings,
  })
}

const PUSH = { pushEndpoint: 'http://127.0.0.1:1/', attributes: {} }
const LOCAL = { minimumBackoff: { seconds: 0, nanos: 2e8 }, maximumBackoff: { seconds: 2, nanos: 0 } }
const waits = (settings: Partial<SubscriptionResource>, attempts = [1, 2, 3, 4, 5, 6, 100]) =>
  attempts.map((attempt) => backoffMs(subscription(settings), attempt))

describe('back-off', () => {
  test('the wait doubles from the minimum to the maximum of the retry policy', () => {
    expect(waits({ retryPolicy: LOCAL })).toEqual([200, 400, 800, 1600, 2000, 2000, 2000])
    expect(waits({ retryPolicy: LOCAL, pushConfig: PUSH })).toEqual([200, 400, 800, 1600, 2000, 2000, 2000])
  })

  test('a retry policy without bounds waits 10 s to 600 s', () => {
    const retryPolicy = { minimumBackoff: null, maximumBackoff: null }

    expect(waits({ retryPolicy })).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 600_000])
  })

  test('without a retry policy a pull waits for nothing and a push 100 ms to 60 s', () => {
    expect(waits({})).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(waits({ pushConfig: PUSH })).toEqual([100, 200, 400, 800, 1600, 3200, 60_000])
  })
})
