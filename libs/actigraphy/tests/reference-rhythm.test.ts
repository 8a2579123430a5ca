import {
  type ActivityWindow,
  activityByDay,
  averageDay,
  averageHours,
  cosinor24h,
  interdailyStability,
  intradailyVariability,
  leastActive5Hours,
  meanStabilityVariability,
  mostActive10Hours,
  relativeAmplitude,
  transitionProbabilities,
} from '../src/index.ts'
import { type Profile, describeWeeks, expectClose, loadWeek } from './reference-weeks.ts'

describeWeeks('the reference week %s', (name) => {
  it('has the published IS and IV of hours, of minutes, and of the mean over bin lengths', () => {
    const { recording, expected } = loadWeek(name)
    const means = meanStabilityVariability(recording)
    expectClose(interdailyStability(recording), expected.IS.hourly!)
    expectClose(intradailyVariability(recording), expected.IV.hourly!)
    expectClose(interdailyStability(recording, 1), expected.IS.minute!)
    expectClose(intradailyVariability(recording, 1), expected.IV.minute!)
    expectClose(means.interdailyStability, expected.IS.mean_over_divisors_ISm!)
    expectClose(means.intradailyVariability, expected.IV.mean_over_divisors_IVm!)
  })

  it('has the published L5, M10 and RA of the average day, with the same ties', () => {
    const { recording, expected } = loadWeek(name)
    const profile = averageDay(recording)
    const [l5, m10] = [leastActive5Hours(profile), mostActive10Hours(profile)]
    const circular = expected.L5M10_circular_average_profile
    expectWindows([l5, m10, relativeAmplitude(l5, m10)], circular)
    expect([l5?.ties, m10?.ties]).toEqual([circular.L5_ties, circular.M10_ties])
    expect([l5?.onsetMinute, m10?.onsetMinute]).toEqual([circular.L5_onset_min, circular.M10_onset_min])
  })

  it('has the published L5, M10 and RA of the hourly profile', () => {
    const { recording, expected } = loadWeek(name)
    const profile = averageHours(recording)
    const [l5, m10] = [leastActive5Hours(profile), mostActive10Hours(profile)]
    const hourly = expected.L5M10_hourly_profile
    expectWindows([l5, m10, relativeAmplitude(l5, m10)], hourly)
    expect([l5?.onsetMinute, m10?.onsetMinute]).toEqual([
      60 * hourly.L5_onset_hour,
      60 * hourly.M10_onset_hour,
    ])
  })

  it('has the published L5, M10 and RA of every day, with onsets where they are unique', () => {
    const { recording, expected } = loadWeek(name)
    const days = activityByDay(recording)
    expect(days.map(({ index }) => index)).toEqual([0, 1440, 2880, 4320, 5760, 7200, 8640])
    days.forEach(({ l5, m10, relativeAmplitude }, day) => {
      const published = expected.L5M10_per_day.days[day]!
      expectWindows([l5, m10, relativeAmplitude], published)
      if (l5?.ties === 1) expect(l5.onsetMinute).toBe(published.L5_onset_min)
      if (m10?.ties === 1) expect(m10.onsetMinute).toBe(published.M10_onset_min)
    })
  })

  it('has the published cosinor', () => {
    const { recording, expected } = loadWeek(name)
    const fit = cosinor24h(recording)
    expectClose(fit?.mesor, expected.cosinor.mesor)
    expectClose(fit?.amplitude, expected.cosinor.amplitude, expected.cosinor.mesor)
    if (expected.cosinor.amplitude > 1e-6) expectClose(fit?.peakMinute, expected.cosinor.peak_time_min)
    else expect(fit?.peakMinute).toBeNull()
  })

  it('has the published bouts and transition probabilities', () => {
    const { recording, expected } = loadWeek(name)
    const bouts = transitionProbabilities(recording)
    const published = expected.transitions_threshold_0
    expect([bouts.activeBouts, bouts.restBouts]).toEqual([published.active_bouts, published.rest_bouts])
    expectClose(bouts.meanActiveBout, published.mean_active_bout!)
    expectClose(bouts.meanRestBout, published.mean_rest_bout!)
    expectClose(bouts.activeToRest, published.ASTP!, 0)
    expectClose(bouts.restToActive, published.SATP!, 0)
  })
})

function expectWindows(
  [l5, m10, amplitude]: [ActivityWindow | null, ActivityWindow | null, number | null],
  published: Profile,
): void {
  expectClose(l5?.mean, published.L5)
  expectClose(m10?.mean, published.M10)
  expectClose(amplitude, published.RA)
}
