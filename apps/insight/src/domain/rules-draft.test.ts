import fc from 'fast-check'
import { analysisFixture, emptyAnalysis } from '../../tests/support/analysis-fixture.ts'
import { reviewDraft } from './draft.ts'
import { factsOf } from './facts.ts'
import { rulesDraft } from './rules-draft.ts'

describe('rulesDraft', () => {
  test('tells the measures in plain sentences', () => {
    expect(rulesDraft(analysisFixture())).toMatchObject({
      narrative: expect.stringMatching(
        /^This summary rests on 6 of 7 days\. Your time asleep per night was 7 h 12 min\./,
      ) as string,
      key_insights: [
        { text: 'Your time asleep per night was 7 h 12 min.', evidence: ['sleep.asleep_per_night'] },
        {
          text: 'Your regularity from day to day (interdaily stability) was 0.612.',
          evidence: ['rhythm.interdaily_stability'],
        },
        { evidence: ['rhythm.relative_amplitude'] },
        { text: 'Your step count per day was 8123 steps.', evidence: ['activity.steps_per_day'] },
        { text: 'Your resting heart rate was 58.3 per minute.', evidence: ['heart.resting_rate'] },
      ],
    })
  })

  test('says that nothing could be measured where nothing was', () => {
    const draft = rulesDraft(emptyAnalysis())

    expect(draft.narrative).toBe(
      'This summary rests on 6 of 7 days. That was too little to measure anything with confidence.',
    )
    expect(draft.key_insights).toEqual([{ text: draft.narrative, evidence: ['window.valid_days'] }])
    expect(draft.recommendations).toEqual([])
  })

  test('a red flag is answered with the advice to see a clinician', () => {
    const flag = {
      code: 'c',
      title: 't',
      measure: 'heart.resting_rate',
      value: 1,
      unit: '/min',
      citation: 'x',
    }

    expect(rulesDraft(analysisFixture({ red_flags: [flag] })).recommendations[0]).toEqual({
      text: expect.stringContaining('speak with a clinician') as string,
      evidence: ['heart.resting_rate'],
    })
  })

  const amount = fc.double({ min: 0, max: 30_000, noNaN: true })
  const unit = fc.constantFrom(
    'min',
    'h',
    '1',
    '%',
    '/min',
    'steps/min',
    'steps',
    'ms',
    'm',
    'kcal',
    'flights',
    'index',
  )
  const section = fc.dictionary(
    fc.stringMatching(/^[a-z]{3,8}(_[a-z0-9]{2,5}){0,3}$/),
    fc.record({ value: fc.oneof(amount, fc.constant(null)), unit, method: fc.constant('m') }),
    { maxKeys: 4 },
  )

  test('passes the review that a model has to pass, whatever was measured', () => {
    fc.assert(
      fc.property(section, section, section, (sleep, heart, activity) => {
        const analysis = analysisFixture({ sleep, heart, activity })
        expect(reviewDraft(rulesDraft(analysis), factsOf(analysis))).toMatchObject({ accepted: true })
      }),
    )
  })
})
