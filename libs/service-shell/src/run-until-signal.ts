import type { Service } from './service.ts'

/** Starts the service, runs it until SIGTERM or SIGINT, then drains, disposes and exits 0 within 10 s. */
export function runUntilSignal(_service: Service): Promise<void> {
  return Promise.reject(new Error('being written'))
}
