import type { EmbeddedWeek } from '@clarity/record-store'
import { driftMeasure, earlierWeeks } from '../src/measures/pat-drift.ts'

const MODEL = 'a'.repeat(64)

function week(
  start: string,
  end: string,
  { at = '1', sha256 = MODEL, standardisation = 'z', embedding = [1, 2] as number[] | null } = {},
) {
  return {
    created_at: at,
    upload_ids: ['up'],
    window: { start, end },
    pat: { model: { sha256 }, standardisation, embedding },
  } as EmbeddedWeek
}

/** The start and the time of each week that is chosen, and how often the store was asked. */
async function chosen(analyses: EmbeddedWeek[]): Promise<{ weeks: string[]; asked: number }> {
  let asked = 0
  const lastWeekBefore = (date: string) => {
    asked += 1
    const ends = analyses.map(({ window }) => window.end).filter((end) => end < date)
    return Promise.resolve(analyses.filter(({ window }) => window.end === ends.sort().at(-1)))
  }
  const week = { start: '2026-03-29', modelSha256: MODEL, standardisation: 'z' }
  const weeks = await earlierWeeks(lastWeekBefore, week)
  return { weeks: weeks.map(({ window, created_at }) => `${window.start} ${created_at}`), asked }
}

describe('the earlier weeks', () => {
  it('share no day with each other or with the week', async () => {
    const { weeks } = await chosen([
      week('2026-03-23', '2026-03-29'),
      week('2026-03-22', '2026-03-28'),
      week('2026-03-21', '2026-03-27'),
      week('2026-03-15', '2026-03-21'),
      week('2026-03-08', '2026-03-14'),
      week('2026-04-08', '2026-04-14'),
    ])
    expect(weeks).toEqual(['2026-03-22 1', '2026-03-15 1', '2026-03-08 1'])
  })

  it('are the newest analysis of their days, whatever the order, of the same model and standardisation', async () => {
    const { weeks } = await chosen([
      week('2026-03-08', '2026-03-14', { at: '1' }),
      week('2026-03-15', '2026-03-21', { sha256: 'b'.repeat(64) }),
      week('2026-03-08', '2026-03-14', { at: '3' }),
      week('2026-03-22', '2026-03-28', { embedding: null }),
      week('2026-03-01', '2026-03-07', { standardisation: 'another' }),
      week('2026-03-08', '2026-03-14', { at: '2' }),
    ])
    expect(weeks).toEqual(['2026-03-08 3'])
  })

  it('are eight at most, and no more is read than they take', async () => {
    const { weeks, asked } = await chosen(daily(30))
    expect([weeks.length, asked]).toEqual([8, 8])
  })

  it('are not looked for in a whole history of another model', async () => {
    expect(await chosen(daily(30, 'b'.repeat(64)))).toEqual({ weeks: [], asked: 16 })
  })
})

/** Windows of one day each, the last of which ends on the 28th of March. */
function daily(days: number, sha256 = MODEL): EmbeddedWeek[] {
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.UTC(2026, 2, 28 - index)).toISOString().slice(0, 10)
    return week(day, day, { sha256 })
  })
}

describe('drift', () => {
  it('says how many weeks stand behind it', () => {
    const earlier = ['01', '08', '15'].map((day) => week(`2026-03-${day}`, `2026-03-${day}`))
    expect(driftMeasure([2, -1], earlier)).toMatchObject({
      value: 1,
      method: expect.stringContaining('3 earlier weeks') as string,
    })
    expect(driftMeasure([2, -1], earlier.slice(2))).toMatchObject({
      value: null,
      method: expect.stringContaining('1 earlier week ') as string,
      reason: 'needs 3 earlier weeks, there are 1',
    })
  })
})
