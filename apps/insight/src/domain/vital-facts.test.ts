import { analysisFixture } from '../../tests/support/analysis-fixture.ts'
import { factsOf } from './facts.ts'
import { ungroundedClaims, wholeGround } from './grounding.ts'
import { isTold, label } from './labels.ts'
import { buildPrompt } from './prompt.ts'
import { rulesDraft } from './rules-draft.ts'
import { reviewDraft } from './draft.ts'

const measured = (value: number | string, unit: string) => ({ value, unit, method: 'm' })
const RESTING = {
  measure: 'heart.resting_rate',
  unit: '/min',
  window_median: 67,
  window_days: 7,
  baseline_median: 58,
  baseline_spread: 1.5,
  baseline_days: 28,
  difference: 9,
  z: 6,
  p: 0.0001,
  q: 0.001,
  stands_out: true,
}
const ANALYSIS = analysisFixture({
  sleep: {
    asleep_per_night: measured(432.4, 'min'),
    efficiency: measured(91.24, '%'),
    awakenings: measured(5, 'awakenings'),
    onset_time: measured('23:22', 'local time'),
    debt: measured(285, 'min'),
  },
  hrv: { sdnn: measured(42.71, 'ms'), night_sdnn_trend: measured(-1.36, 'ms/week') },
  oxygen: { saturation: measured(96.5, '%'), minutes_below_90: measured(12, 'min') },
  temperature: { wrist: measured(35.42, '°C') },
  fitness: { vo2_max: measured(41.3, 'mL/(kg·min)') },
  blood_pressure: { systolic: measured(124.5, 'mmHg'), diastolic: measured(81, 'mmHg') },
  glucose: { mean: measured(104.2, 'mg/dL') },
  baseline_deviations: [
    RESTING,
    { ...RESTING, measure: 'hrv.sdnn', difference: -4.4, unit: 'ms', stands_out: false },
  ],
})
const FACTS = factsOf(ANALYSIS)
const GROUND = wholeGround(FACTS)

describe('a number of vital signs', () => {
  test.each([
    'Your sleep efficiency was 91.2%.',
    'Your number of awakenings was 5 awakenings.',
    'Your time of falling asleep was 23:22.',
    'Your sleep debt was 4 h 45 min.',
    'Your systolic blood pressure was 124.5 mmHg and your diastolic blood pressure was 81 mmHg.',
    'Your blood pressure averaged 125 mmHg.',
    'Your mean glucose was 104 mg/dL.',
    'Your wrist temperature in sleep was 35.4 °C.',
    'Your cardio fitness was 41.3 mL/(kg·min).',
    'Your weekly trend of the heart rate variability in sleep was -1.36 ms/week.',
    'Your resting heart rate rose by 9 per minute.',
    'Your change of the resting heart rate from your own baseline was 9 per minute.',
  ])('is grounded where the analysis has it: %s', (text) => {
    expect(ungroundedClaims(text, GROUND)).toEqual([])
  })

  test.each([
    'Your blood pressure was 124.5 mg/dL.',
    'Your glucose was 124.5.',
    'Your blood pressure was 41.3 mmHg.',
    'Your wrist temperature was 104.2.',
    'Your heart rate variability was -1.36 ms.',
    'Your resting heart rate was 9 per minute.',
    'Your heart rate variability fell by 4.4 ms.',
    'Your systolic blood pressure rose by 124.5 mmHg.',
  ])('is refused where it has not: %s', (text) => {
    expect(ungroundedClaims(text, GROUND)).not.toEqual([])
  })

  test('is told with its label, figures behind it are not, and what stands out is', () => {
    const prompt = buildPrompt(ANALYSIS)
    expect(prompt).toContain('- blood_pressure.systolic = 125 mmHg (systolic blood pressure)')
    expect(prompt).toContain(
      '- baseline_deviations.heart.resting_rate = 9 /min (change of the resting heart rate from your own baseline)',
    )
    expect(prompt).not.toContain('minutes_below_90')
    expect(prompt).not.toContain('baseline_deviations.hrv')
    expect(isTold('hrv.night_sdnn_trend_low')).toBe(false)
    expect(label('oxygen.minutes_below_90')).toBe('minutes below 90')
  })

  test('stays within what a prompt may hold where everything was measured', () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`measure_${index}`, measured(index + 0.5, 'min')]),
    )
    const full = analysisFixture({ sleep: many, heart: many, activity: many })
    expect(buildPrompt(full).length).toBeLessThan(20_000)
  })

  test('stands in words that rules write and that are accepted', () => {
    expect(reviewDraft(rulesDraft(ANALYSIS), FACTS)).toMatchObject({ accepted: true })
  })
})
