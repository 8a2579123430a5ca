import { flushTelemetry, onFlush } from './flush.ts'

it('flushing asks everything that holds telemetry back, and neither fails nor waits for ever', async () => {
  const asked: string[] = []
  onFlush(() => {
    asked.push('failing')
    return Promise.reject(new Error('collector is down'))
  })
  onFlush(() => {
    asked.push('stuck')
    return new Promise(() => undefined)
  })
  await flushTelemetry(20)
  expect(asked).toEqual(['failing', 'stuck'])
})
