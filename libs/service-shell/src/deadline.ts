import { unavailable } from '@clarity/failure'
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
  /** Stops the clock; the signal still tells when the client leaves. */
  lift(): void
}

/** Gives the request `ms` milliseconds: `unavailable` when they have passed. */
export function startDeadline(response: Response, ms: number): Deadline {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(unavailable({ code: 'deadline-exceeded', detail: 'The request took too long.' }))
  }, ms)
  const onClose = (): void => {
    clearTimeout(timer)
    if (!response.writableFinished) controller.abort(new ClientGone())
  }
  response.once('close', onClose)
  const { signal } = controller
  return {
    signal,
    race: (work) => raceWithSignal(work, signal),
    lift: () => clearTimeout(timer),
    [Symbol.dispose]() {
      clearTimeout(timer)
      response.off('close', onClose)
    },
  }
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
