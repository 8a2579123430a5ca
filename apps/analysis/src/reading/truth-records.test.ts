import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SummaryRow } from '@clarity/health-data'
import {
  describeWithSamples,
  disagreements,
  exact,
  type Reading,
  rowsOf,
  samples,
  type Tolerance,
  truthOf,
  wholeSeconds,
} from '../../tests/truth.ts'

const inNewYork = { format: 'ndjson', uploadTimezone: 'America/New_York' } as const

interface HealthAutoExportBody {
  readonly data: { readonly metrics: readonly { name: string; data: readonly { qty: number }[] }[] }
}

async function differences(path: string, reading: Reading, tolerance: Tolerance) {
  const isFortnight = path.includes('16d')
  const truth = truthOf(isFortnight ? 'synthetic-16d-iphone-watch.new-york' : 'synthetic-1d')
  const rows = await rowsOf(path, reading)
  return rows
    .filter(({ date }) => (isFortnight ? date <= '2025-03-11' : date === '2025-03-08'))
    .flatMap((row) => {
      const { date } = row
      const { steps, steps_after_tombstones: after } = truth
      const hasDeletions = path.startsWith('flat-ndjson')
      const wantedSteps = (hasDeletions ? after?.[date] : undefined) ?? steps[date]?.priority_interval_union
      return disagreements(row, truth, { ...tolerance, wantedSteps }).map((each) => ({
        ...each,
        by: Math.abs((each.got ?? NaN) - (each.wanted ?? NaN)),
      }))
    })
}

describeWithSamples('days of the shared records agree with their reference', () => {
  it.each(['synthetic-16d-iphone-watch.ndjson.gz', 'synthetic-1d.ndjson'])(
    'sent as flat lines, deletions included: %s',
    async (file) => {
      expect(await differences(`flat-ndjson/${file}`, inNewYork, exact)).toEqual([])
    },
  )

  it.each(['synthetic-16d-iphone-watch.ndjson.gz', 'synthetic-1d.ndjson.gz'])(
    'sent as FHIR observations, which name no source: %s',
    async (file) => {
      const different = await differences(`fhir/${file}`, inNewYork, exact)
      // Whose steps and whose sleep hold where phone, Watch and an app overlap cannot be told.
      const beyond = different.filter(({ name, by, wanted = NaN }) =>
        name === 'steps' ? by > 0.015 * wanted : name !== 'asleep and naps' || by > 10.1,
      )
      expect(beyond).toEqual([])
    },
  )
})

describeWithSamples('days that Health Auto Export summed', () => {
  const file = (name: string) => `health-auto-export/synthetic-${name}.json`
  const stepsSent = (name: string) => {
    const { data } = JSON.parse(readFileSync(join(samples, file(name)), 'utf8')) as HealthAutoExportBody
    const rows = data.metrics.find((metric) => metric.name === 'step_count')?.data ?? []
    return rows.reduce((total, { qty }) => total + qty, 0)
  }

  it.each([
    // The means of a day are one value each.
    ['1d-days', ['heart_rate.count', 'hrv_sdnn_ms.count', 'respiratory_rate.count', 'oxygen.count']],
    ['1d-minutes', []],
  ])(
    'agree with the reference on all but steps, which are as the client merged them: %s',
    async (name, apart) => {
      const different = await differences(file(name), { uploadTimezone: 'America/New_York' }, wholeSeconds)
      const [steps, ...others] = different.filter((each) => !apart.includes(each.name as never))
      expect(others).toEqual([])
      expect([steps?.name, steps?.got?.toFixed(3)]).toEqual(['steps', stepsSent(name).toFixed(3)])
    },
  )

  it('agree with the samples cut at the midnights of the same zone', async () => {
    const london = { uploadTimezone: 'Europe/London', daysIn: 'Europe/London' }
    const summed = await rowsOf(file('16d-iphone-watch-days'), london)
    const cut = await rowsOf('react-native-healthkit/synthetic-16d-iphone-watch.json.gz', london)
    const figures = ({ date, ...row }: SummaryRow) => [
      date,
      row.exercise_minutes,
      row.stand_minutes,
      row.resting_heart_rate,
      row.hrv_sdnn_ms.mean?.toFixed(4),
      row.respiratory_rate.mean?.toFixed(4),
      row.oxygen_saturation_percent.mean?.toFixed(4),
      row.sleep.in_bed_minutes?.toFixed(3),
    ]
    // On 5 March a heart rate of 0 is in the client's mean.
    const means = (rows: SummaryRow[]) =>
      rows.filter(({ date }) => date !== '2025-03-05').map(({ heart_rate: rate }) => rate.mean?.toFixed(4))
    expect(summed.map(figures)).toEqual(cut.map(figures))
    expect(means(summed)).toEqual(means(cut))
  })
})
