import type { Sample } from '@clarity/health-data'
import { sample } from '../../tests/measure-fixtures.ts'
import { type SampleSpool, createSampleSpool } from './sample-spool.ts'

const minute = (day: number, index: number): Sample => {
  const start = new Date(Date.UTC(2026, 2, day) + index * 60_000).toISOString()
  return sample(start, start, { id: `${day}-${index}` })
}
const minutes = (day: number, count: number) =>
  Array.from({ length: count }, (_, index) => minute(day, index))

const taken = (spool: SampleSpool, most = Infinity) =>
  new Map(
    spool.dates().map((date) => {
      const samples: Sample[] = []
      while (spool.countOf(date) > 0) samples.push(...spool.take(date, most))
      return [date, samples.sort((a, b) => a.start - b.start)]
    }),
  )

describe('a spool of samples', () => {
  it.each([
    ['as they are', { held: 1000, packedBytes: 1e6 }],
    ['packed', { held: 10, packedBytes: 1e6 }],
  ])('gives back by UTC date what came in any order, %s', (_, limits) => {
    const spool = createSampleSpool(limits)
    for (let index = 0; index < 60; index += 1) spool.add([minute(2, index), minute(1, index)])
    expect(spool.dates()).toEqual(['2026-03-01', '2026-03-02'])
    expect(spool.countOf('2026-03-01')).toBe(60)
    expect(taken(spool)).toEqual(
      new Map([
        ['2026-03-01', minutes(1, 60)],
        ['2026-03-02', minutes(2, 60)],
      ]),
    )
    expect(spool.dates()).toEqual([])
  })

  it('gives the samples of a full day in several turns', () => {
    const spool = createSampleSpool({ held: 10, packedBytes: 1e6 })
    for (const each of minutes(1, 100)) spool.add([each])
    expect(spool.take('2026-03-01', 30).length).toBeLessThan(50)
    expect(taken(spool, 30).get('2026-03-01')?.length).toBeGreaterThan(50)
  })

  it('is full once more is packed than may wait, and not when that is taken', () => {
    const spool = createSampleSpool({ held: 10, packedBytes: 1000 })
    spool.add(minutes(1, 5))
    expect(spool.isFull).toBe(false)
    for (let day = 1; day < 5; day += 1) spool.add(minutes(day, 60))
    expect(spool.isFull).toBe(true)
    taken(spool)
    expect(spool.isFull).toBe(false)
  })
})
