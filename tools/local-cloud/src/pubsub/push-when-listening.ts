import { setTimeout as delay } from 'node:timers/promises'
import { type PushRequest, postPush } from './push-request.ts'

/** How long a push waits for somebody to listen at its endpoint, and how often it looks. */
const HOLD_MS = 30_000
const HOLD_INTERVAL_MS = 200

export interface HeldPush extends Omit<PushRequest, 'token'> {
  /** Asked anew at each look, since a token may age meanwhile. */
  readonly token: () => string | undefined
  /** Called after each wait. */
  readonly onHeld?: () => void
}

/**
 * The status of the endpoint's answer; undefined where none came in time.
 *
 * In the cloud something listens at the endpoint even while no instance of the service runs, and holds the request
 * until one does. So here a refused connection is no failed delivery for as long as a service takes to come back.
 */
export async function pushWhenListening(push: HeldPush): Promise<number | undefined> {
  const holdUntil = Date.now() + HOLD_MS
  for (;;) {
    const status = await postPush({ ...push, token: push.token() })
    if (typeof status === 'number') return status
    if (status === 'silent' || Date.now() >= holdUntil) return undefined
    await delay(HOLD_INTERVAL_MS, undefined, { signal: push.closed }).catch(() => undefined)
    if (push.closed.aborted) return undefined
    push.onHeld?.()
  }
}
