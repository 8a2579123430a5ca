import { insightId } from './insight-id.ts'

const IDENTITY = {
  analysisId: 'ana_1',
  language: 'en',
  insightType: 'summary',
  context: '',
  promptVersion: 'grounded-1',
  model: 'gemini-3.5-flash',
}

describe('insightId', () => {
  test('equal identities have equal ids', () => {
    expect(insightId(IDENTITY)).toBe(insightId({ ...IDENTITY }))
    expect(insightId(IDENTITY)).toMatch(/^ins_[0-9a-f]{32}$/)
  })

  test.each(Object.keys(IDENTITY))('another %s is another insight', (field) => {
    expect(insightId({ ...IDENTITY, [field]: 'other' })).not.toBe(insightId(IDENTITY))
  })
})
