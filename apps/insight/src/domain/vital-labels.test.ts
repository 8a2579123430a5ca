import type { Analysis } from '@clarity/contracts'
import { analysisFixture } from '../../tests/support/analysis-fixture.ts'
import { reviewDraft } from './draft.ts'
import { type Fact, factsOf } from './facts.ts'
import { figure, figureValue } from './figure.ts'
import { isLabelled, label } from './labels.ts'

/** Every figure of vital signs that prompts tell, with its unit and a value like a person's. */
const TOLD: readonly (readonly [path: string, unit: string, value: number | string])[] = [
  ['sleep.efficiency', '%', 91.24],
  ['sleep.regularity_index', '1', 88.2],
  ['sleep.debt', 'min', -35.5],
  ['sleep.own_need', 'min', 450],
  ['sleep.social_jet_lag', 'min', 27.55],
  ['sleep.latency', 'min', 12],
  ['sleep.awake_after_onset', 'min', 15],
  ['sleep.awakenings', 'awakenings', 5],
  ['sleep.onset_time', 'local time', '23:22'],
  ['sleep.waking_time', 'local time', '07:00'],
  ['sleep.middle_time', 'local time', '03:20'],
  ['sleep.onset_spread', 'min', 17.2],
  ['sleep.deep_share', '%', 20.13],
  ['sleep.rem_share', '%', 26.6],
  ['sleep.naps_per_day', 'min', 25],
  ['activity.brisk_walking_minutes', 'min', 22.4],
  ['activity.steps_variation', '%', 33.2],
  ['activity.weekday_steps', 'steps', 9803.4],
  ['activity.weekend_steps', 'steps', 7926],
  ['heart.time_weighted_rate', '/min', 64.5],
  ['heart.day_rate', '/min', 69.6],
  ['heart.night_rate', '/min', 52.99],
  ['heart.night_dip', '%', 23.5],
  ['heart.walking_rate', '/min', 98],
  ['heart.recovery_one_minute', '/min', 29],
  ['heart.irregular_rhythm_events', 'events', 2],
  ['hrv.night_sdnn', 'ms', 58.15],
  ['hrv.night_sdnn_trend', 'ms/week', -1.36],
  ['respiration.night_rate', '/min', 14.5],
  ['respiration.night_rate_trend', '/min/week', 0.42],
  ['oxygen.night_saturation', '%', 96.5],
  ['oxygen.lowest_sustained', '%', 93],
  ['temperature.wrist', '°C', 35.4],
  ['temperature.body', '°C', 36.8],
  ['fitness.vo2_max', 'mL/(kg·min)', 41.3],
  ['fitness.vo2_max_trend', 'mL/(kg·min)/week', -0.21],
  ['blood_pressure.systolic', 'mmHg', 124.5],
  ['blood_pressure.diastolic', 'mmHg', 81],
  ['blood_pressure.highest_systolic', 'mmHg', 141],
  ['blood_pressure.highest_diastolic', 'mmHg', 92],
  ['blood_pressure.pulse_pressure', 'mmHg', 43.5],
  ['glucose.mean', 'mg/dL', 104.2],
  ['glucose.lowest', 'mg/dL', 71],
  ['glucose.highest', 'mg/dL', 168],
  ['glucose.variation', '%', 18.5],
]

/** An analysis that holds this figure in the place of all others of its section. */
function factsWith([path, unit, value]: (typeof TOLD)[number]) {
  const [section = '', name = ''] = path.split('.')
  const changes = { [section]: { [name]: { value, unit, method: 'm' } } } as Partial<Analysis>
  return factsOf(analysisFixture(changes))
}

const accepted = (text: string, told: (typeof TOLD)[number]) =>
  reviewDraft(
    { narrative: text, key_insights: [{ text, evidence: [told[0]] }], recommendations: [] },
    factsWith(told),
  )

describe.each(TOLD)('%s', (path, unit, value) => {
  const fact: Fact = { path, unit, value }
  const told = [path, unit, value] as const

  test('has a name, and its plain sentence is accepted as rules and as models write it', () => {
    expect(isLabelled(path)).toBe(true)
    const byRules = `Your ${label(path)} was ${figure(fact)}.`
    const copied = `Your ${label(path)} was ${figureValue(value)} ${unit === '1' ? '' : unit}.`
    expect(accepted(byRules, told)).toMatchObject({ accepted: true })
    expect(accepted(copied.replace(' .', '.').replace('local time', ''), told)).toMatchObject({
      accepted: true,
    })
  })

  test('is refused with another number', () => {
    const wrong = typeof value === 'string' ? '11:11' : figureValue(value * 1.5 + 7)
    expect(accepted(`Your ${label(path)} was ${wrong}.`, told)).toMatchObject({ accepted: false })
  })
})
