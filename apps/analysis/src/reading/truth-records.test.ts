import {
  describeWithSamples,
  disagreements,
  exact,
  type Reading,
  rowsOf,
  type Tolerance,
  truthOf,
} from '../../tests/truth.ts'

const inNewYork = { format: 'ndjson', uploadTimezone: 'America/New_York' } as const

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
