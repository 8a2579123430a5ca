import { BENCHES, runBench } from './run-bench.ts'

const benches = {
  waiting: () =>
    Promise.resolve([
      { bench: 'waiting', name: 'short', runs: 3, median_ms: 1.23456, p95_ms: 2, goal: '≤ 5 ms', met: true },
      { bench: 'waiting', name: 'a longer one', ratio: 61.5, met: false },
    ]),
}

describe('a bench', () => {
  it('prints a table for people', async () => {
    expect(await runBench('waiting', { json: false, benches })).toBe(
      [
        'name          runs  median_ms  p95_ms   ratio    goal  met',
        'short            3      1.235       2          ≤ 5 ms  yes',
        'a longer one                           61.500           no',
      ].join('\n'),
    )
  })

  it('prints JSON, one object a line', async () => {
    const lines = (await runBench('waiting', { json: true, benches })).split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(await benches.waiting())
  })

  it.each([undefined, 'nothing', 'toString'])(
    'called %s is none, and the answer names those there are',
    async (name) => {
      const failure = runBench(name, { json: false, benches })
      await expect(failure).rejects.toMatchObject({
        kind: 'invalid',
        message: expect.stringContaining('There are: waiting.') as string,
      })
    },
  )

  it('stands under the name that is asked for', () => {
    expect(Object.keys(BENCHES)).toEqual(['measures', 'ingest', 'merge', 'pat', 'query', 'coldstart'])
  })
})
