import { randomUUID } from 'node:crypto'
import { analysisOnLocalCloud } from './support/analysis-on-local-cloud.ts'

/** Steps of one morning: 30 that a watch counted, and 400 that the person typed in an hour later. */
const quantity_samples = [
  { start_date: '2026-03-01T08:00:00Z', end_date: '2026-03-01T08:01:00Z', value: 30, metadata: {} },
  {
    start_date: '2026-03-01T09:00:00Z',
    end_date: '2026-03-01T09:10:00Z',
    value: 400,
    metadata: { HKWasUserEntered: 1 },
  },
].map((sample) => ({
  uuid: randomUUID(),
  identifier: 'HKQuantityTypeIdentifierStepCount',
  unit: 'count',
  source_name: 'Watch',
  ...sample,
}))

it('what a person typed in counts in the sums of a day where COUNT_USER_ENTERED says so', async () => {
  await using world = await analysisOnLocalCloud({ COUNT_USER_ENTERED: 'true' })
  const upload = await world.store({ content: { quantity_samples, category_samples: [] } })
  expect(await upload.push()).toBe(204)
  const [day] = await world.records.days.summaries(upload.userId, '2026-03-01', '2026-03-01')
  expect(day?.steps).toBe(430)
  // It tells nothing of when the person was observed.
  expect(day?.details?.observed_hours).toBe(1)
}, 60_000)
