import fc from 'fast-check'
import type { Fact, Facts } from './facts.ts'
import { figure, figureValue } from './figure.ts'
import { evidenceGround, ungroundedClaims, wholeGround } from './grounding.ts'

const FACTS: Facts = {
  measures: [
    { path: 'rhythm.relative_amplitude', value: 0.9234, unit: 'ratio' },
    { path: 'rhythm.l5_onset', value: '01:30', unit: 'local HH:MM' },
    { path: 'rhythm.cosinor_peak', value: '23:42', unit: 'local HH:MM' },
    { path: 'sleep.asleep', value: 432, unit: 'min' },
    { path: 'sleep.awakenings', value: 3, unit: 'count' },
    { path: 'sleep.latency', value: 0.3, unit: 'h' },
    { path: 'activity.steps', value: 8123.4, unit: 'steps/day' },
    { path: 'activity.distance', value: 5430, unit: 'm' },
    { path: 'heart.resting_rate', value: 58.3, unit: 'count/min' },
    { path: 'hrv.change', value: -3.2, unit: 'ms' },
    { path: 'oxygen.mean', value: 96.5, unit: '%' },
  ],
  window: [
    { path: 'window.valid_days', value: 6, unit: 'days' },
    { path: 'quality.days', value: 7, unit: 'days' },
    { path: 'window.coverage', value: 0.875, unit: 'ratio' },
  ],
  missing: [],
  dates: ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08'],
}

const grounded = (text: string) => ungroundedClaims(text, wholeGround(FACTS)).length === 0

describe('ungroundedClaims', () => {
  test.each([
    'relative amplitude was 0.92',
    'relative amplitude was 0.923',
    'relative amplitude was 92%',
    'relative amplitude was 92.3 percent',
    'asleep for 432 minutes',
    'asleep for 7.2 hours',
    'asleep for 7 hours',
    'asleep for 7 h 12 min',
    'asleep for 7 hours and 12 minutes',
    'it took 18 minutes to fall asleep',
    '3 awakenings, three awakenings',
    '8,123 steps a day',
    '8123.4 steps',
    '5.43 km',
    'a resting heart rate of 58 bpm',
    'a resting heart rate of 58.3 beats per minute',
    'a resting heart rate of 58',
    'it fell by 3.2 ms',
    'it changed by -3.2 ms',
    'oxygen of 96.5%',
    '6 of 7 days, six of seven days, 6/7 days',
    '87.5% of the minutes',
    'the peak came at 23:42, that is 11:42 pm',
    'lowest from 01:30, 1:30 am',
    'from 2026-03-02 to 8 March 2026, and 3–5 March',
    'one day at a time',
  ])('finds every number of "%s"', (text) => {
    expect(ungroundedClaims(text, wholeGround(FACTS))).toEqual([])
  })

  test.each([
    'relative amplitude was 0.93',
    'relative amplitude was 1',
    'relative amplitude was 93%',
    'relative amplitude was 0.92 hours',
    'asleep for 433 minutes',
    'asleep for 8 hours',
    'asleep for eight hours',
    'asleep for 7 h 13 min',
    'asleep for 432 hours',
    '4 awakenings',
    '3 glasses of water',
    '8,124 steps',
    '8,000 steps',
    '58 ms',
    '58%',
    'it took 0 hours to fall asleep',
    'it changed by +3.2 ms',
    'oxygen of 96.5 beats per minute',
    '7 of 8 days',
    'a 30-minute walk',
    'in 6 weeks',
    'at 23:43',
    'at 11:42 am',
    'around 11 pm',
    'on 9 March',
    'on 8 March 2025',
    '2–9 March',
    'on 2026-02-30',
    'the 2nd night',
    'half of the nights',
    'twice as high',
    '0,92',
    'vitamin B12',
    '٣ hours',
    'a resting heart rate of 7',
    'a resting heart rate of 58.3 per hour',
    'a blood pressure of 58.3 mmHg',
    'a weight of 96.5 kg',
    'a resting heart rate of fifty-nine',
    'oxygen in the low nineties',
    'an amplitude of point nine',
    'six good hours of sleep',
  ])('finds no ground for "%s"', (text) => {
    expect(grounded(text)).toBe(false)
  })

  test('a sentence may use the measures that it names and the days of the window alone', () => {
    const ground = evidenceGround(FACTS, ['sleep.asleep'])

    expect(ungroundedClaims('432 minutes on 6 of 7 days', ground)).toEqual([])
    expect(ungroundedClaims('432 minutes at 58 bpm', ground)).toMatchObject([{ text: '58' }])
    expect(ungroundedClaims('a share of 0.875', ground)).toMatchObject([{ text: '0.875' }])
    expect(ungroundedClaims('a share of 0.875', evidenceGround(FACTS, ['window.coverage']))).toEqual([])
  })

  const units = fc.constantFrom('min', 'h', 'ratio', '%', 'count/min', 'steps', 'ms', 'm', 'kcal')
  const facts = fc.record<Fact>({
    path: fc.constant('sleep.some'),
    value: fc.double({ min: 0, max: 20_000, noNaN: true }),
    unit: units,
  })
  const only = (fact: Fact) => ({ facts: [fact], dates: [] })

  test('every figure that we write is grounded in its own measure', () => {
    fc.assert(
      fc.property(facts, (fact) => {
        expect(ungroundedClaims(`It was ${figure(fact)}.`, only(fact))).toEqual([])
        expect(ungroundedClaims(`some = ${figureValue(fact.value)}`, only(fact))).toEqual([])
      }),
    )
  })

  test('a number ten percent off is never grounded', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(0.9, 1.1), (fact, factor) => {
        fc.pre(Number(fact.value) > 0.1)
        const wrong = { ...fact, value: Number(fact.value) * factor }
        expect(ungroundedClaims(`It was ${figure(wrong)}.`, only(fact))).not.toEqual([])
      }),
    )
  })
})
