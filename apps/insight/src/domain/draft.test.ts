import { analysisFixture } from '../../tests/support/analysis-fixture.ts'
import { reviewDraft } from './draft.ts'
import { factsOf } from './facts.ts'

const FACTS = factsOf(analysisFixture())
const SLEEP = { text: 'You slept 7 h 12 min a night.', evidence: ['sleep.asleep_per_night'] }
const GOOD = {
  narrative: 'On 6 of 7 days you slept 432 minutes and walked 8,123 steps; L5 began at 01:30.',
  key_insights: [SLEEP],
  recommendations: [{ text: 'Keep a steady bedtime.', evidence: ['rhythm.interdaily_stability'] }],
}

const faultsOf = (draft: unknown) => {
  const review = reviewDraft(draft, FACTS)
  return review.accepted ? [] : review.faults
}

describe('reviewDraft', () => {
  test('accepts words whose every number is a measure', () => {
    expect(reviewDraft(GOOD, FACTS)).toEqual({ accepted: true, draft: GOOD })
  })

  test('leaves a less-than sign before a grounded number as it is', () => {
    const narrative = 'Your breathing rate stayed <15 and >14.2 per minute.'.replace('<15', '<14.2')

    expect(reviewDraft({ ...GOOD, narrative }, FACTS)).toMatchObject({ draft: { narrative } })
  })

  test.each<[string, unknown]>([
    ['no object', 'text'],
    ['a missing list', { narrative: 'a', key_insights: [SLEEP] }],
    ['no key insight', { ...GOOD, key_insights: [] }],
    ['an empty narrative', { ...GOOD, narrative: '  ' }],
    ['a narrative without end', { ...GOOD, narrative: 'a'.repeat(2501) }],
    ['an insight without evidence', { ...GOOD, key_insights: [{ text: 'Good.', evidence: [] }] }],
  ])('refuses %s', (_title, draft) => {
    expect(faultsOf(draft)).toEqual(['The answer does not have the form asked for.'])
  })

  test.each<[string, object, string]>([
    ['an invented number', { narrative: 'You slept 9 hours.' }, 'The narrative holds a number that'],
    [
      'a true number under foreign evidence',
      { key_insights: [{ text: 'You walked 8123 steps.', evidence: ['sleep.asleep_per_night'] }] },
      'A key insight holds a number that',
    ],
    [
      'a target that is no measure',
      { recommendations: [{ text: 'Walk 10,000 steps.', evidence: ['activity.steps_per_day'] }] },
      'A recommendation holds a number that',
    ],
    [
      'evidence that does not exist',
      { key_insights: [{ text: 'Good.', evidence: ['sleep.quality'] }] },
      'A key insight names evidence that is no measure',
    ],
    [
      'evidence without a value',
      { key_insights: [{ text: 'Good.', evidence: ['sleep.deep_per_night'] }] },
      'A key insight names evidence that is no measure',
    ],
    [
      'the transformer as evidence',
      { key_insights: [{ text: 'Good.', evidence: ['pat.embedding'] }] },
      'A key insight names evidence that is no measure',
    ],
    ['the transformer in words', { narrative: 'PAT sees a good week.' }, 'rests on the transformer'],
    ['a diagnosis', { narrative: 'This is diagnostic of nothing.' }, 'names a diagnosis'],
    ['a condition', { narrative: 'You may have sleep apnea.' }, 'names a condition'],
    ['medication', { narrative: 'Take melatonin.' }, 'speaks of medication'],
    ['a crisis', { narrative: 'Such values can be fatal.' }, 'speaks of a crisis'],
    ['markup', { narrative: 'A <b>good</b> week.' }, 'is no plain text'],
    ['another language', { narrative: 'Sie schliefen acht Stunden.' }, 'is not written in English'],
    ['a link', { narrative: 'See more at https://example.org.' }, 'holds a link'],
  ])('refuses %s', (_title, change, fault) => {
    expect(faultsOf({ ...GOOD, ...change })).toEqual([expect.stringContaining(fault) as string])
  })

  test('no fault repeats a number or the text', () => {
    const faults = faultsOf({ ...GOOD, narrative: 'You slept 9 hours with canary.' }).join(' ')

    expect(faults).not.toMatch(/\d|canary/)
  })
})
