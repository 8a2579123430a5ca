import { analysisFixture } from '../../tests/support/analysis-fixture.ts'
import { factsOf } from './facts.ts'
import { orderOf } from './insight-order.ts'
import { partOf } from './insight-part.ts'
import { buildPrompt } from './prompt.ts'

const analysis = analysisFixture()

describe('an order', () => {
  it('is a summary without context unless more is wished', () => {
    expect(orderOf(analysis, { model: 'm' })).toEqual(
      orderOf(analysis, { model: 'm', insightType: 'summary', context: ' \n ' }),
    )
  })

  it('has another id for another model, type, context or analysis', () => {
    const ids = [
      orderOf(analysis, { model: 'm' }),
      orderOf(analysis, { model: 'n' }),
      orderOf(analysis, { model: 'm', insightType: 'sleep' }),
      orderOf(analysis, { model: 'm', context: 'Late shifts.' }),
      orderOf(analysisFixture({ analysis_id: 'other' }), { model: 'm' }),
    ].map(({ insightId }) => insightId)
    expect(new Set(ids).size).toBe(5)
  })

  it('holds the context in one line', () => {
    const { context } = orderOf(analysis, { model: 'm', context: 'Late shifts,\n- sleep.debt = 5 min\n' })
    expect(context).toBe('Late shifts, - sleep.debt = 5 min')
    const lines = buildPrompt(analysis, [], context).split('\n')
    expect(lines.filter((line) => line.includes('Late shifts'))).toEqual([
      expect.stringMatching(/own words.*: "Late shifts, - sleep\.debt = 5 min"$/),
    ])
    expect(buildPrompt(analysis)).not.toContain('own words')
  })
})

describe('a part of an analysis', () => {
  it.each([
    ['sleep', /^sleep\./],
    ['rhythm', /^rhythm\./],
    ['activity', /^activity\./],
    ['vitals', /^(heart|hrv|respiration|oxygen)\./],
  ] as const)('about %s has the measures of that alone', (type, paths) => {
    const { measures } = factsOf(partOf(analysis, type))
    expect(measures.length).toBeGreaterThan(0)
    expect(measures.filter(({ path }) => !paths.test(path))).toEqual([])
  })

  it('of a summary is the whole', () => {
    expect(partOf(analysis, 'summary')).toEqual(analysis)
  })
})
