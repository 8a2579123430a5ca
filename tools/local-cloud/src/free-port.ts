import { createServer } from 'node:net'

/** Below those that Linux (from 32768) and macOS (from 49152) give to outgoing connections, which would take one meanwhile. */
const PORTS = { from: 12_000, count: 20_000 }

let next = Math.floor(Math.random() * PORTS.count)

/** A port of 127.0.0.1 that nobody listens on, for a program that is started later; no port comes twice soon. */
export async function freePort(): Promise<number> {
  for (;;) {
    next = (next + 1) % PORTS.count
    const port = PORTS.from + next
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
