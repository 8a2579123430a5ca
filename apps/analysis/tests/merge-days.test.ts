import { mergeDays } from '../src/measures/merge-days.ts'
import { subtractUpload } from '../src/measures/subtract-upload.ts'
import { hourly, merged, mergeState, sample } from './measure-fixtures.ts'

const DAY = '2026-03-01'
const noon = (rest = {}) => sample(`${DAY}T12:00:00Z`, `${DAY}T12:01:00Z`, { id: 'noon', ...rest })
const tombstone = (id: string) => ({ id, upload_ids: ['upload-2'] })

/** The record after a first upload, as the next merge finds it. */
async function after(samples: Parameters<typeof merged>[0]) {
  const { result } = await merged(samples)
  return mergeState(
    { shards: result.shards, days: result.days },
    result.shards.map(({ utc_date }) => utc_date),
  )
}

describe('merging into days', () => {
  it('makes a day with its summary, its observed hours and a digest', async () => {
    const { result, counts } = await merged(hourly(DAY, [8, 20]))
    expect(counts).toMatchObject({ accepted: 12, duplicate: 0 })
    expect(result.days).toMatchObject([{ date: DAY, steps: 120, details: { observed_hours: 12 } }])
    expect(result.days[0]?.digest).toMatch(/^[0-9a-f]{64}$/)
  })

  it('counts what was typed in where it is told to, also when it makes the day anew', async () => {
    const typed = noon({ user_entered: true, value: 500 })
    const totals = { includeUserEntered: true }
    const [apart, counted] = await Promise.all(
      [undefined, totals].map(async (told) => {
        const { result } = await mergeDays(mergeState(), { incoming: [typed], tombstones: [] }, told)
        return result.days[0]?.steps
      }),
    )
    expect([apart, counted]).toEqual([null, 500])
    const rest = await subtractUpload(
      await after([typed, noon({ id: 'x', upload_ids: ['u2'] })]),
      'u2',
      totals,
    )
    expect(rest.result.days[0]?.steps).toBe(500)
  })

  it('makes the day before anew where sleep that began on it goes on', async () => {
    const segment = (id: string, start: string, end: string) =>
      sample(start, end, { id, type: 'sleep_analysis', value: 3 })
    const evening = segment('evening', `${DAY}T22:00:00Z`, `${DAY}T23:50:00Z`)
    const night = segment('night', '2026-03-02T00:10:00Z', '2026-03-02T06:00:00Z')
    const { result } = await mergeDays(await after([evening]), { incoming: [night], tombstones: [] })
    const together = (await merged([evening, night])).result
    expect(result.days).toEqual(together.days)
    expect(result.days.map(({ sleep }) => sleep.asleep_minutes)).toEqual([null, 460])
  })

  it('makes the day before anew where a sum that began on it no longer holds', async () => {
    const sum = sample(`${DAY}T20:00:00Z`, '2026-03-02T02:00:00Z', { extent: 'bucket', value: 60 })
    const open = sample('2026-03-02T00:30:00Z', '2026-03-02T00:30:00Z', { extent: 'missing', value: 500 })
    const { result } = await mergeDays(await after([sum]), { incoming: [open], tombstones: [] })
    expect(result.days).toEqual((await merged([sum, open])).result.days)
    expect(result.days.map(({ steps }) => steps)).toEqual([null, 500])
  })

  it('makes the day of a sum anew that another of an earlier day, in another zone, overlaps', async () => {
    const phone = { name: 'iPhone', bundle_id: null, product: 'iPhone15,2' }
    const onPhone = sample('2026-03-02T00:00:00Z', '2026-03-02T00:30:00Z', { source: phone, value: 30 })
    const onWatch = sample(`${DAY}T23:00:00Z`, '2026-03-02T00:10:00Z', {
      timezone: 'America/Los_Angeles',
      upload_ids: ['upload-2'],
    })
    const together = (await merged([onPhone, onWatch])).result
    expect(together.days.map(({ date, steps }) => [date, steps])).toEqual([
      [DAY, 10],
      ['2026-03-02', 20],
    ])
    const orders = [
      [onPhone, onWatch],
      [onWatch, onPhone],
    ] as const
    for (const [first, second] of orders) {
      const { shards, days } = (await merged([first])).result
      const known = mergeState({ shards, days })
      const { result } = await mergeDays(known, { incoming: [second], tombstones: [] })
      const made = new Map([...days, ...result.days].map((day) => [day.date, day]))
      expect([...made.values()].sort((a, b) => (a.date < b.date ? -1 : 1))).toEqual(together.days)
    }
    const remaining = await subtractUpload(await after([onPhone, onWatch]), 'upload-2')
    expect(remaining.result.days).toMatchObject([{ date: '2026-03-02', steps: 30 }])
  })

  it('makes no other day anew that samples of the same UTC date reach', async () => {
    const zone = { timezone: 'America/New_York' }
    const evening = sample('2026-03-02T01:00:00Z', '2026-03-02T01:10:00Z', zone)
    const morning = sample('2026-03-02T15:00:00Z', '2026-03-02T15:10:00Z', zone)
    const { result } = await mergeDays(await after([evening]), { incoming: [morning], tombstones: [] })
    expect(result.shards).toMatchObject([{ utc_date: '2026-03-02', reach: { from: DAY, to: '2026-03-02' } }])
    expect(result.days.map(({ date }) => date)).toEqual(['2026-03-02'])
  })

  it('changes nothing when the same samples come again', async () => {
    const samples = hourly(DAY, [8, 20])
    const { result, takesAway } = await mergeDays(await after(samples), { incoming: samples, tombstones: [] })
    expect(result).toMatchObject({ shards: [], days: [], removedDays: [] })
    expect(takesAway).toBe(false)
  })

  it('gives one digest whichever upload brings a sample, and however often', async () => {
    const [first] = (await merged([noon()])).result.days
    const again = noon({ upload_ids: ['upload-2'] })
    const { result } = await mergeDays(await after([noon()]), { incoming: [again], tombstones: [] })
    expect(result.days[0]?.upload_ids).toEqual(['upload-1', 'upload-2'])
    expect(result.days[0]?.digest).toBe(first?.digest)
  })

  it('gives another digest where a value differs', async () => {
    const digests = [noon(), noon({ value: 11 })].map(
      async (one) => (await merged([one])).result.days[0]?.digest,
    )
    const [left, right] = await Promise.all(digests)
    expect(left).not.toBe(right)
  })

  it('subtracts what a deletion names, and says that it deleted', async () => {
    const state = await after([noon(), ...hourly(DAY, [8, 10])])
    const { result, takesAway, counts } = await mergeDays(state, {
      incoming: [],
      tombstones: [tombstone('noon')],
    })
    expect(result.days).toMatchObject([{ date: DAY, steps: 20, details: { observed_hours: 2 } }])
    expect([takesAway, counts.deleted]).toEqual([true, 0])
  })

  it('says so again when the deletion is delivered again', async () => {
    const stored = mergeState(
      {
        shards: (await mergeDays(await after([noon()]), { incoming: [], tombstones: [tombstone('noon')] }))
          .result.shards,
        tombstones: [tombstone('noon')],
      },
      [DAY],
    )
    const again = await mergeDays(stored, { incoming: [], tombstones: [tombstone('noon')] })
    expect(again).toMatchObject({ takesAway: true, result: { shards: [] } })
  })

  it('removes a day that holds nothing any more', async () => {
    const { result } = await mergeDays(await after([noon()]), {
      incoming: [],
      tombstones: [tombstone('noon')],
    })
    expect(result).toMatchObject({ days: [], removedDays: [DAY] })
  })

  it('applies a deletion that came before its sample', async () => {
    const first = await mergeDays(mergeState(), { incoming: [], tombstones: [tombstone('noon')] })
    expect(first.takesAway).toBe(false)
    const { result, counts } = await mergeDays(mergeState({ tombstones: [tombstone('noon')] }), {
      incoming: [noon()],
      tombstones: [],
    })
    expect([counts.deleted, result.days]).toEqual([1, []])
  })

  it('lets a sample across midnight observe the first hour of a day that is stored already', async () => {
    const state = mergeState({ ...(await merged(hourly('2026-03-02', [8, 20]))).result }, [DAY])
    const session = sample(`${DAY}T23:50:00Z`, '2026-03-02T00:10:00Z', { type: 'mindful_session', value: 0 })
    const { result } = await mergeDays(state, { incoming: [session], tombstones: [] })
    expect(result.days.map(({ date, details }) => [date, details?.observed_hours])).toEqual([
      [DAY, 1],
      ['2026-03-02', 13],
    ])
  })

  it('keeps an implausible sample and makes no day of it', async () => {
    const wild = noon({ value: 9000, base_verdict: 'implausible', verdict: 'implausible' })
    const { result, counts } = await merged([wild])
    expect(result.shards[0]?.samples).toHaveLength(1)
    expect([counts.implausible, result.days]).toEqual([1, []])
  })
})
