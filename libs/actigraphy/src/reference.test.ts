import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  averageDay,
  cosinor24h,
  interdailyStability,
  intradailyVariability,
  leastActive5Hours,
  mostActive10Hours,
  relativeAmplitude,
} from './index.ts'

const FOLDER = join(import.meta.dirname, '../../../../shared/reference/actigraphy')
const WEEKS = [
  'nhanes_26469',
  'synthetic_alternating',
  'synthetic_constant',
  'synthetic_cosine',
  'synthetic_square',
  'synthetic_zeros',
]
const present = existsSync(FOLDER)
if (!present) console.log('skipped: the actigraphy reference weeks are not beside this repository')

/** Relative 1e-9, or 1e-9 of the mesor where the expected value is about 0. */
function expectClose(actual: number | null | undefined, expected: number | null, mesor = 1): void {
  if (expected === null) expect(actual).toBeNull()
  else
    expect(Math.abs(actual! - expected)).toBeLessThanOrEqual(
      1e-9 * Math.max(Math.abs(expected), Math.abs(mesor)),
    )
}

;(present ? describe : describe.skip).each(WEEKS)('the reference week %s', (name) => {
  const load = () => {
    const rows = readFileSync(join(FOLDER, `${name}.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    const minutes = Float64Array.from(rows, (row) => Number(row.split(',')[1]))
    const expected = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
    return { recording: { minutes, startMinuteOfDay: 0 }, expected }
  }

  it('has the published IS and IV of hourly means', () => {
    const { recording, expected } = load()
    expectClose(interdailyStability(recording), expected.IS.hourly)
    expectClose(intradailyVariability(recording), expected.IV.hourly)
  })

  it('has the published L5, M10 and RA, with onsets where they are unique', () => {
    const { recording, expected } = load()
    const profile = averageDay(recording)
    const [l5, m10] = [leastActive5Hours(profile), mostActive10Hours(profile)]
    const circular = expected.L5M10_circular_average_profile
    expectClose(l5?.mean, circular.L5)
    expectClose(m10?.mean, circular.M10)
    expectClose(relativeAmplitude(l5, m10), circular.RA)
    if (circular.L5_ties === 1) expect(l5?.onsetMinute).toBe(circular.L5_onset_min)
    if (circular.M10_ties === 1) expect(m10?.onsetMinute).toBe(circular.M10_onset_min)
  })

  it('has the published cosinor', () => {
    const { recording, expected } = load()
    const fit = cosinor24h(recording)
    expectClose(fit?.mesor, expected.cosinor.mesor)
    expectClose(fit?.amplitude, expected.cosinor.amplitude, expected.cosinor.mesor)
    if (expected.cosinor.amplitude > 1e-6) expectClose(fit?.peakMinute, expected.cosinor.peak_time_min)
    else expect(fit?.peakMinute).toBeNull()
  })
})
