import { setTimeout as delay } from 'node:timers/promises'

export const FAULT_SERVICES = ['pubsub', 'firestore', 'storage', 'auth', 'vertex', 'push'] as const
export type FaultService = (typeof FAULT_SERVICES)[number]

/**
 * A fault to inject: calls of `service` (only `method`, if named) skip the first `after`, then `times` of them
 * (all, if absent) wait `latency_ms` and, where `code` is given, fail with it (a gRPC status name such as
 * `UNAVAILABLE`, or an HTTP status such as `503`).
 */
export interface Fault {
  readonly service: FaultService
  readonly method?: string | undefined
  readonly code?: string | number | undefined
  readonly latency_ms?: number | undefined
  readonly times?: number | undefined
  readonly after?: number | undefined
}

export type FaultFilter = Partial<Pick<Fault, 'service' | 'method'>>

export interface Faults {
  list(): readonly Fault[]
  add(fault: Fault): void
  /** Disarms every fault, or those of a service or method; calls that wait for a disarmed one's latency wait no longer. */
  clear(of?: FaultFilter): void
  /** Call at the start of each operation: waits the latency asked for and returns the fault's code, if one is due. */
  take(service: FaultService, method: string): Promise<string | number | undefined>
}

/** The faults of one local cloud, kept in memory: they do not outlive the process. */
export function createFaults(): Faults {
  let armed: { fault: Fault; skip: number; left: number }[] = []
  const waiting = new Map<AbortController, Fault>()
  const wait = async (fault: Fault): Promise<void> => {
    const wake = new AbortController()
    waiting.set(wake, fault)
    await delay(fault.latency_ms, undefined, { signal: wake.signal }).catch(() => undefined)
    waiting.delete(wake)
  }
  return {
    list: () => armed.map((entry) => entry.fault),
    add: (fault) => void armed.push({ fault, skip: fault.after ?? 0, left: fault.times ?? Infinity }),
    clear({ service, method } = {}) {
      const isMeant = (fault: Fault) =>
        (service ?? fault.service) === fault.service && (method ?? fault.method) === fault.method
      armed = armed.filter(({ fault }) => !isMeant(fault))
      for (const [wake, fault] of waiting) if (isMeant(fault)) wake.abort()
    },
    async take(service, method) {
      const due = armed.find(
        ({ fault }) => fault.service === service && (fault.method === undefined || fault.method === method),
      )
      if (!due) return undefined
      if (due.skip > 0) {
        due.skip -= 1
        return undefined
      }
      due.left -= 1
      if (due.left <= 0) armed = armed.filter((entry) => entry !== due)
      if (due.fault.latency_ms) await wait(due.fault)
      return due.fault.code
    },
  }
}
