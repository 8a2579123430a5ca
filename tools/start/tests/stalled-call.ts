import { setTimeout as delay } from 'node:timers/promises'
import type { System } from '@clarity/testkit'

/** Longer than any test: a stalled call waits until it is let go. */
const STALL_MS = 600_000
const PATIENCE_MS = 60_000

/** One call of a service to the cloud: the `after` + 1st of that method from now on. */
export interface CloudCall {
  readonly service: 'firestore' | 'storage' | 'pubsub' | 'vertex' | 'push'
  readonly method: string
  readonly after?: number
}

export interface StalledCall {
  /** Resolves when the call has come and waits. */
  reached(): Promise<void>
  /** Lets it go on. */
  letGo(): Promise<void>
}

/** Makes one call wait that is to come: let go, it is carried out, or refused where `refused` says so. */
export async function stallCall(
  system: System,
  call: CloudCall,
  { refused = false }: { refused?: boolean } = {},
): Promise<StalledCall> {
  await injectFault(system, { ...call, times: 1, latency_ms: STALL_MS, ...(refused && { code: 503 }) })
  const url = `${system.adminUrl}/admin/faults`
  const isArmed = async () => {
    const { faults } = (await (await fetch(url)).json()) as { faults: CloudCall[] }
    return faults.some(({ service, method }) => service === call.service && method === call.method)
  }
  return {
    async reached() {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      while (await isArmed()) await delay(20, undefined, { signal })
    },
    async letGo() {
      await fetch(`${url}?service=${call.service}&method=${call.method}`, { method: 'DELETE' })
    },
  }
}

export interface Fault extends CloudCall {
  readonly code?: number
  readonly times?: number
  readonly latency_ms?: number
}

/** Arms a fault of the local cloud. */
export async function injectFault({ adminUrl }: System, fault: Fault): Promise<void> {
  const answer = await fetch(`${adminUrl}/admin/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  if (answer.status !== 201) throw new Error(`the fault was answered ${answer.status}`)
  await answer.body?.cancel()
}
