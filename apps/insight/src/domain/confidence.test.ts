import { analysisFixture } from '../../tests/support/analysis-fixture.ts'
import { confidenceOf } from './confidence.ts'

const clock = (value: string | null) => ({ value, unit: 'local time', method: 'm' })

function confidence(given: {
  coverage: number
  validDays: number
  peak: string | null
  onset: string | null
}) {
  const { window, rhythm } = analysisFixture()
  return confidenceOf(
    analysisFixture({
      window: { ...window, coverage: given.coverage, valid_days: given.validDays },
      rhythm: { ...rhythm, cosinor_peak: clock(given.peak), m10_onset: clock(given.onset) },
    }),
  )
}

describe('confidenceOf', () => {
  test.each([
    [{ coverage: 1, validDays: 7, peak: '14:00', onset: '09:00' }, 1],
    [{ coverage: 0.5, validDays: 7, peak: '14:00', onset: '09:00' }, 0.5],
    [{ coverage: 1, validDays: 7, peak: '02:00', onset: '09:00' }, 0.5],
    [{ coverage: 1, validDays: 7, peak: '01:00', onset: '21:00' }, 0.96],
    [{ coverage: 1, validDays: 7, peak: null, onset: '09:00' }, 0.5],
    [{ coverage: 0.8, validDays: 0, peak: '14:00', onset: '09:00' }, 0],
  ])('%j gives %d', (given, value) => {
    expect(confidence(given).value).toBe(value)
  })

  test('the basis names coverage, days and agreement', () => {
    expect(confidenceOf(analysisFixture())).toEqual({
      value: 0.74,
      basis: 'coverage 0.875; 6 of 7 days valid; agreement of cosinor peak and M10 0.963',
    })
  })
})
