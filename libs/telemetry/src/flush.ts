type Flush = () => Promise<void>

const flushes: Flush[] = []

/** Adds something that holds finished telemetry back and can be asked to send it. */
export function onFlush(flush: Flush): void {
  flushes.push(flush)
}

/** Sends what is finished, waiting at most `timeoutMs`; never throws, since telemetry must not fail a request. */
export async function flushTelemetry(timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs)
  })
  await Promise.race([Promise.allSettled(flushes.map((flush) => flush())), timeout])
  clearTimeout(timer)
}
