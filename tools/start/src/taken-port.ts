import { createServer } from 'node:net'
import type { NamedPort } from './config.ts'

/** The first of these ports that something else listens on, or undefined. */
export async function findTakenPort(ports: readonly NamedPort[]): Promise<NamedPort | undefined> {
  for (const named of ports) if (await isTaken(named.port)) return named
  return undefined
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(true))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(false)))
  })
}
