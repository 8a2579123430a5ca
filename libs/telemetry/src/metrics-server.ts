import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { metricReader } from './metrics.ts'

export interface MetricsServer extends AsyncDisposable {
  readonly port: number
}

/** Serves `GET /metrics` in Prometheus text format on its own port (0 = any free one); a taken port rejects with one line. */
export async function startMetricsServer(port: number, host: string): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/metrics') {
      metricReader.getMetricsRequestHandler(request, response)
      return
    }
    response.statusCode = 404
    response.end()
  })
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    throw new Error(`METRICS_PORT: port ${port} ${taken ? 'is taken' : 'cannot be opened'}`, { cause: error })
  }
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
