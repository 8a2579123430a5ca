import { analysisFixture } from '../../tests/support/analysis-fixture.ts'
import { factsOf } from './facts.ts'
import { ungroundedClaims, wholeGround } from './grounding.ts'
import { clausesOf } from './subject.ts'

const measured = (value: number, unit: string) => ({ value, unit, method: 'm' })
const ANALYSIS = analysisFixture({
  sleep: { asleep_per_night: measured(432.4, 'min'), deep_per_night: measured(61, 'min') },
  heart: { resting_rate: measured(56.1, '/min'), mean_rate: measured(71.4, '/min') },
  hrv: { sdnn: measured(42.7, 'ms'), sdnn_change: measured(-3.2, 'ms') },
  respiration: { rate: measured(14.2, '/min') },
  oxygen: { saturation: measured(97, '%') },
})
const GROUND = wholeGround(factsOf(ANALYSIS))

describe('a number and what its sentence speaks of', () => {
  test.each([
    'Your breathing rate was 14.2 per minute.',
    'Your resting heart rate was 56.1 bpm, and your mean heart rate was 71.4 bpm.',
    'Your heart rate and breathing rate were 56.1 and 14.2 per minute.',
    'With 14.2 breaths a minute, your breathing was calm.',
    'You slept 432 minutes with 14.2 breaths a minute.',
    'You walked 8,123 steps and slept 7 h 12 min, of which 61 minutes were deep.',
    'Your heart was calm at night. It beat at 56.1 per minute.',
    'Over 6 of 7 days you slept 432 minutes.',
    'Your sleep was measured on 6 days.',
    'These figures come from 6 valid days.',
    'Your heart rate variability (SDNN) was 42.7 ms; your intradaily variability was 0.841.',
    'Your activity in the most active stretch of the day was 12.3 steps per minute.',
    'Your variability fell by 3.2 ms.',
    'Your HRV shows a change of -3.2 ms.',
    'You had 61 minutes of deep sleep.',
    'Your breathing rate stayed under 14.2 per minute.',
    'Your quietest hours began at 01:30.',
  ])('belong together: %s', (text) => {
    expect(ungroundedClaims(text, GROUND)).toEqual([])
  })

  test.each([
    ['another subject', 'Your breathing rate was 56.1 per minute.'],
    ['another subject', 'Your breathing rate was approx. 56.1 per minute.'],
    ['another subject', 'Your resting heart rate was 97.'],
    ['another subject', 'Your resting heart rate was 71.4 per minute.'],
    ['another subject', 'Your deep sleep was 7 h 12 min.'],
    ['another subject', 'Your oxygen saturation was 92.3%.'],
    ['another subject', 'You slept 87.5% of the time.'],
    ['another subject', 'You fell into bed around 01:30.'],
    ['another subject', 'Your heart rate was 14.2, and your breathing rate was 56.1.'],
    ['another subject', 'Your breathing was calm. It was 56.1 per minute.'],
    ['another subject', 'You woke at 01:30.'],
    ['a subject that nobody measured', 'Your temperature was 56.1.'],
    ['a subject that nobody measured', 'Your stress score was 97.'],
    ['the unit of another subject', 'You took 56.1 breaths per minute.'],
    ['the unit of another subject', 'Your heart rate was 14.2 bpm.'],
    ['a change that was not measured', 'Your heart rate fell by 56.1 bpm.'],
    ['a change that was not measured', 'Your heart rate rose slightly to 56.1 bpm.'],
    ['a change that was not measured', 'Your relative amplitude dropped 92%.'],
    ['a change that was not measured', 'There was a 92% drop.'],
    ['a change that was not measured', 'You slept 61 minutes longer.'],
    ['a bound that is no figure', 'Your resting heart rate was <56 bpm.'],
    ['a bound that is no figure', 'You slept at least 7 hours.'],
    ['a bound that is no figure', 'You walked more than 8,120 steps.'],
    ['days of another kind', 'You went 7 days without sleep.'],
    ['days of another kind', 'Over 7 days you had no rest.'],
    ['days of another kind', 'You slept for 7 days.'],
    ['days of another kind', 'In 6 days you slept nothing.'],
    ['a fraction in words', 'One in three adults sleep like this.'],
    ['a fraction in words', 'Half of your sleep was deep.'],
  ])('%s is refused: %s', (_, text) => {
    expect(ungroundedClaims(text, GROUND)).not.toEqual([])
  })
})

describe('clausesOf', () => {
  test('parts a sentence where a number with its topic is followed by another topic', () => {
    expect(
      clausesOf('You slept 7 hours, and your pulse, at rest, was 58.').map(({ topics }) => topics),
    ).toEqual([['sleep.'], ['heart.']])
  })

  test('lets a sentence that begins with a pronoun speak of what the one before spoke of', () => {
    expect(
      clausesOf('Your sleep was calm. It took 7 hours. Days differ.').map(({ topics }) => topics),
    ).toEqual([['sleep.'], ['sleep.'], []])
  })
})
