import { setImmediate as turn } from 'node:timers/promises'
import { watchLoop } from './watch-loop.ts'

const BUSY_MS = 100

describe('watching the event loop', () => {
  it('sees work that keeps it from its timers', async () => {
    const longest = watchLoop()
    await turn()
    const end = performance.now() + BUSY_MS
    while (performance.now() < end);
    expect(longest()).toBeGreaterThan(BUSY_MS / 5)
  })
})
