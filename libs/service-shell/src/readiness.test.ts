import { setTimeout as sleep } from 'node:timers/promises'
import { heldHealth } from './readiness.ts'

const HOLD_MS = 400

describe('health that is held', () => {
  it('is asked once for all who ask at the same time, and again once it is old', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    let asked = 0
    const check = () => {
      asked += 1
      return answered
    }
    const health = heldHealth([{ name: 'analysis', check }], HOLD_MS)
    const waiting = [health(), health(), health()]
    // Not old before it is there.
    await sleep(2 * HOLD_MS)
    waiting.push(health())
    answer()
    const ok = { status: 'ok', checks: { analysis: 'ok' } }
    expect(await Promise.all(waiting)).toEqual([ok, ok, ok, ok])
    expect(await health()).toEqual(ok)
    expect(asked).toBe(1)
    await sleep(2 * HOLD_MS)
    await health()
    expect(asked).toBe(2)
  })

  it('is no better than it was while it is held, also where it was not well', async () => {
    let isWell = false
    const check = () => (isWell ? Promise.resolve() : Promise.reject(new Error('down')))
    const health = heldHealth([{ name: 'analysis', check }], HOLD_MS)
    expect((await health()).status).toBe('unavailable')
    isWell = true
    expect((await health()).checks).toEqual({ analysis: 'unavailable' })
    await sleep(2 * HOLD_MS)
    expect((await health()).checks).toEqual({ analysis: 'ok' })
  })
})
