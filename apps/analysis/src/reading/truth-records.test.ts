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
  const after = truthOf(isFortnight ? 'synthetic-16d-iphone-watch' : 'synthetic-1d').steps_after_tombstones
  const rows = await rowsOf(path, reading)
  return rows
    .filter(({ date }) => (isFortnight ? date <= '2025-03-11' : date === '2025-03-08'))
    .flatMap((row) => {
      const { date } = row
      const wantedSteps = after?.[date] ?? truth.steps[date]?.priority_interval_union
      return disagreements(row, truth, { ...tolerance, wantedSteps })
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
    'sent as FHIR observations: %s',
    async (file) => {
      expect(await differences(`fhir/${file}`, inNewYork, exact)).toEqual([])
    },
  )

  it.each(['1d-days', '1d-minutes', '1d-individual', '16d-iphone-watch-days'])(
    'summed by Health Auto Export: %s',
    async (file) => {
      expect(
        await differences(
          `health-auto-export/synthetic-${file}.json`,
          { uploadTimezone: 'America/New_York' },
          exact,
        ),
      ).toEqual([])
    },
  )
})
