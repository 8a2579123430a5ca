import { createTurns } from './turns.ts'

describe('turns', () => {
  test('one key is served one at a time and in order', async () => {
    const turns = createTurns()
    const seen: string[] = []
    const work = (name: string) => async () => {
      seen.push(`${name} starts`)
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(`${name} ends`)
    }
    await Promise.all(['a', 'b', 'c'].map((name) => turns.take('user', work(name))))

    expect(seen).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends'])
  })

  test('another key does not wait', async () => {
    const turns = createTurns()
    const first = turns.take('one', () => new Promise(() => undefined))

    await expect(turns.take('other', () => Promise.resolve('done'))).resolves.toBe('done')
    expect(first).toBeInstanceOf(Promise)
  })

  test('a failed turn passes its failure on and lets the next one in', async () => {
    const turns = createTurns()
    const failing = turns.take('user', () => Promise.reject(new Error('broken')))
    const next = turns.take('user', () => Promise.resolve('done'))

    await expect(failing).rejects.toThrow('broken')
    await expect(next).resolves.toBe('done')
  })
})
