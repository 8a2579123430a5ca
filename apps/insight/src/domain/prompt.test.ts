import { CANARIES, analysisFixture } from '../../tests/support/analysis-fixture.ts'
import { SECTIONS } from './facts.ts'
import { SYSTEM, buildPrompt } from './prompt.ts'

const analysis = analysisFixture()

/** Every number that a text writes; the parts of a time of day count alone, digits in names do not. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<![\w.])\d+(?:\.\d+)?/g)].map(([number]) => Number(number))
}

/** Every number that stands in the measures of the analysis, and the counts of its days. */
function numbersOf(): number[] {
  const { window, quality } = analysis
  const measures = SECTIONS.flatMap((section) => Object.values(analysis[section] ?? {}))
  const values = measures.flatMap(({ value }) =>
    typeof value === 'string' ? value.split(':').map(Number) : typeof value === 'number' ? [value] : [],
  )
  return [...values, window.valid_days, window.coverage, quality.days.length]
}

describe('buildPrompt', () => {
  test('each number in it stands in the analysis, rounded to no worse than half a percent', () => {
    const numbers = numbersIn(buildPrompt(analysis))

    expect(numbers.length).toBeGreaterThan(20)
    for (const number of numbers) {
      expect(numbersOf().some((known) => Math.abs(known - number) <= 0.005 * Math.abs(known))).toBe(true)
    }
  })

  test('each measure with a value stands in it with path and unit', () => {
    const prompt = buildPrompt(analysis)

    expect(prompt).toContain(
      '- rhythm.relative_amplitude = 0.923 ratio (contrast between active and quiet hours)',
    )
    expect(prompt).toContain(
      '- rhythm.l5_onset = 01:30 local time (start of the quietest stretch of the day)',
    )
    expect(prompt).toContain('- activity.steps_per_day = 8123 steps (step count per day)')
    expect(prompt).toContain('- window.valid_days = 6 days (days with enough data)')
  })

  test('measures without a value are named as not measured and never as zero', () => {
    const prompt = buildPrompt(analysis)

    expect(prompt).toContain('Not measured: sleep.deep_per_night, rhythm.sleep_regularity_index.')
    expect(prompt).not.toMatch(/deep_per_night =/)
  })

  test('it does not depend on the order in which the measures were stored', () => {
    const reversed = Object.fromEntries(Object.entries(analysis.rhythm).toReversed())
    const stored = { ...analysis, rhythm: reversed as typeof analysis.rhythm }

    expect(buildPrompt(stored)).toBe(buildPrompt(analysis))
  })

  test.each([...CANARIES, '2026', 'Berlin', 'pat.', 'embedding'])('it does not hold "%s"', (canary) => {
    expect(buildPrompt(analysis)).not.toContain(canary)
  })

  test('the instructions hold no number at all', () => {
    expect(SYSTEM).not.toMatch(/\d/)
  })

  test('the faults of a refused answer are given as its correction', () => {
    expect(buildPrompt(analysis, ['The narrative names a condition.'])).toMatch(
      /refused\. Correct this:\nThe narrative names a condition\.$/,
    )
  })
})
