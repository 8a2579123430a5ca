import type { Sample } from '@clarity/health-data'
import { mergeDays } from '../src/measures/merge-days.ts'
import { merged, mergeState, sample } from './measure-fixtures.ts'

const DAY = '2026-03-02'
const SLEEP = sample('2026-03-01T23:00:00Z', '2026-03-02T07:00:00Z', {
  id: 'sleep',
  type: 'sleep_analysis',
  value: 3,
})
const EVENING = sample('2026-03-01T23:30:00Z', '2026-03-01T23:30:00Z', {
  id: 'evening',
  type: 'respiratory_rate',
  value: 14,
})
const dayOf = ({ days }: { days: readonly { date: string; digest: string; details?: object }[] }) =>
  days.find(({ date }) => date === DAY)

describe('the vital signs of a stored day', () => {
  const after = async (first: Sample, second: Sample) => {
    const stored = (await merged([first])).result
    const state = mergeState(stored, ['2026-03-01'])
    return dayOf((await mergeDays(state, { incoming: [second], tombstones: [] })).result)
  }

  it('hold what the evening before brought, whichever came first', async () => {
    const atOnce = dayOf((await merged([SLEEP, EVENING])).result)
    expect(atOnce).toMatchObject({ details: { vitals: { asleep: 480, night_respiratory_rate: 14 } } })
    expect(await after(SLEEP, EVENING)).toEqual(atOnce)
    expect(await after(EVENING, SLEEP)).toEqual(atOnce)
  })

  it('are part of the day’s digest', async () => {
    const faster = { ...EVENING, value: 18 }
    const [slow, fast] = await Promise.all(
      [EVENING, faster].map(async (evening) => dayOf((await merged([SLEEP, evening])).result)),
    )
    expect(slow!.digest).not.toBe(fast!.digest)
  })

  it('lose what is deleted the evening before', async () => {
    const stored = (await merged([SLEEP, EVENING])).result
    const state = mergeState(stored, ['2026-03-01'])
    const tombstones = [{ id: 'evening', upload_ids: ['upload-2'] }]
    const day = dayOf((await mergeDays(state, { incoming: [], tombstones })).result)
    expect(day).toMatchObject({ details: { vitals: { asleep: 480 } } })
    expect(day?.details).not.toHaveProperty('vitals.night_respiratory_rate')
  })
})
