import { counter, histogram } from './metrics.ts'
import { startMetricsServer } from './metrics-server.ts'

describe('metrics', () => {
  it('are read as Prometheus text', async () => {
    const uploads = counter('test_uploads', { description: 'Uploads.', unit: '{upload}' })
    const sizes = histogram('test_sizes', { description: 'Sizes.', unit: 'By', buckets: [10, 100] })
    uploads.add(2, { format: 'json' })
    uploads.add(1, { format: 'json' })
    sizes.record(50)
    await using server = await startMetricsServer(0, '127.0.0.1')
    const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()
    expect(text).toContain('test_uploads_total{format="json"} 3')
    expect(text).toContain('test_sizes_bucket{le="10"} 0')
    expect(text).toContain('test_sizes_bucket{le="100"} 1')
  })
})
