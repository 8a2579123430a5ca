export interface MetricsServer extends AsyncDisposable {
  readonly port: number
}

/** Serves `GET /metrics` in Prometheus text format on its own port (0 = any free one). */
export function startMetricsServer(_port: number): Promise<MetricsServer> {
  return Promise.reject(new Error('being written'))
}
