import { timedOut, unavailable } from '@clarity/failure'
import type { Response } from 'express'

/** Thrown when the client has left: there is nobody to answer. */
export class ClientGone extends Error {
  constructor() {
    super('The client closed the connection.')
    this.name = 'ClientGone'
  }
}

export interface Deadline extends Disposable {
  /** Aborted when the time is up or the client has left. */
  readonly signal: AbortSignal
  /** The work's result, or a rejection as soon as the signal is aborted. */
  race<T>(work: Promise<T>): Promise<T>
  /**
   * From now on the request's body is read: a client that sends nothing of it for so many milliseconds, or has not sent
   * all of it when the time is up, is `timed-out`.
   */
  awaitBody(idleMs: number): void
  /** Stops the clock; the signal still tells when the client leaves. */
  lift(): void
}

/** Gives the request `ms` milliseconds: `unavailable` when they have passed. */
export function startDeadline(response: Response, ms: number): Deadline {
  const controller = new AbortController()
  let isBodyAwaited = false
  let idleCheck: NodeJS.Timeout | undefined
  const timer = setTimeout(() => {
    controller.abort(isBodyAwaited && !response.req.complete ? bodyTooSlow() : tookTooLong())
  }, ms)
  const stopClocks = (): void => {
    clearTimeout(timer)
    clearInterval(idleCheck)
  }
  const onClose = (): void => {
    stopClocks()
    if (!response.writableFinished) controller.abort(new ClientGone())
  }
  response.once('close', onClose)
  const { signal } = controller
  return {
    signal,
    race: (work) => raceWithSignal(work, signal),
    awaitBody(idleMs) {
      isBodyAwaited = true
      const { socket } = response.req
      let received = socket.bytesRead
      idleCheck = setInterval(() => {
        if (response.req.complete) clearInterval(idleCheck)
        else if (socket.bytesRead === received) controller.abort(bodyTooSlow())
        received = socket.bytesRead
      }, idleMs)
    },
    lift: stopClocks,
    [Symbol.dispose]() {
      stopClocks()
      response.off('close', onClose)
    },
  }
}

function tookTooLong(): Error {
  return unavailable({ code: 'deadline-exceeded', detail: 'The request took too long.' })
}

function bodyTooSlow(): Error {
  return timedOut({ code: 'body-timed-out', detail: 'The body did not come in time.' })
}

/** The work's result, or the signal's reason as soon as it is aborted. */
export async function raceWithSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
