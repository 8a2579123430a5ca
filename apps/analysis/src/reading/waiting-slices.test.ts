import type { JsonSlice } from './json-slices.ts'
import { createWaitingSlices } from './waiting-slices.ts'

const object = (key: string) => ({ kind: 'object', key, kept: [] as string[], known: 0, passed: 0 }) as const
const root = object('')
const [first, second] = [object('"a"'), object('"b"')]
const sliceOf = (begun: string, ...end: JsonSlice['end']): JsonSlice => ({ begun, open: [], end })

describe('slices that wait', () => {
  it('come back in their order', () => {
    const waiting = createWaitingSlices(1000)
    const slices = ['{"é":[1', '2', '3'].map((begun) => sliceOf(begun, root))
    for (const slice of slices) waiting.add(slice)
    expect(waiting.length).toBe(3)
    expect([waiting.take(), waiting.take(), waiting.take(), waiting.take()]).toEqual([...slices, undefined])
  })

  it('go on waiting beside one that ends within the same object', () => {
    const waiting = createWaitingSlices(1000)
    for (const end of [first, first, second]) waiting.add(sliceOf('[', root, end))
    expect(waiting.take(sliceOf('', root, first))).toBeUndefined()
    expect(waiting.take(sliceOf('', root, second))?.end).toContain(first)
    expect(waiting.take(sliceOf('', root, second))?.end).toContain(first)
    expect(waiting.take(sliceOf('', root, second))).toBeUndefined()
  })

  it('are full beyond a limit, and no more once enough were taken', () => {
    const waiting = createWaitingSlices(20)
    for (const begun of ['abcdefghij', 'klmnopqrst']) waiting.add(sliceOf(begun))
    expect(waiting.isFull).toBe(true)
    waiting.take()
    expect(waiting.isFull).toBe(false)
  })
})
