import type { Analysis } from '@clarity/contracts'
import { driftMeasure, earlierWeeks } from '../src/measures/pat-drift.ts'

const MODEL = 'a'.repeat(64)

function week(
  start: string,
  end: string,
  { at = '1', sha256 = MODEL, standardisation = 'z', embedding = [1, 2] as number[] | null } = {},
) {
  return {
    created_at: at,
    analysis_id: `${start} ${at}`,
    upload_ids: ['up'],
    window: { start, end },
    pat: { model: { sha256 }, standardisation, embedding },
  } as Analysis
}

const chosen = (analyses: Analysis[]) =>
  earlierWeeks(analyses, { start: '2026-03-29', modelSha256: MODEL, standardisation: 'z' }).map(
    ({ analysis_id }) => analysis_id,
  )

describe('the earlier weeks', () => {
  it('share no day with each other or with the week', () => {
    expect(
      chosen([
        week('2026-03-23', '2026-03-29'),
        week('2026-03-22', '2026-03-28'),
        week('2026-03-21', '2026-03-27'),
        week('2026-03-15', '2026-03-21'),
        week('2026-03-08', '2026-03-14'),
        week('2026-04-08', '2026-04-14'),
      ]),
    ).toEqual(['2026-03-22 1', '2026-03-15 1', '2026-03-08 1'])
  })

  it('are the newest analysis of their days, whatever the order, of the same model and standardisation', () => {
    expect(
      chosen([
        week('2026-03-08', '2026-03-14', { at: '1' }),
        week('2026-03-15', '2026-03-21', { sha256: 'b'.repeat(64) }),
        week('2026-03-08', '2026-03-14', { at: '3' }),
        week('2026-03-22', '2026-03-28', { embedding: null }),
        week('2026-03-01', '2026-03-07', { standardisation: 'another' }),
        week('2026-03-08', '2026-03-14', { at: '2' }),
      ]),
    ).toEqual(['2026-03-08 3'])
  })

  it('are eight at most', () => {
    const many = Array.from({ length: 12 }, (_, index) => {
      const day = String(28 - index).padStart(2, '0')
      return week(`2026-02-${day}`, `2026-02-${day}`)
    })
    expect(chosen(many)).toHaveLength(8)
  })
})

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
