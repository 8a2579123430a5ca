import { buildSample } from '../tests/build-sample.ts'
import { bucketsOf, dayTotals, type Sample } from './index.ts'

const date = '2025-03-08'
const row = (time: string, value: number, name: string): Sample =>
  buildSample({
    type: 'step_count',
    extent: 'missing',
    start: `${date}T${time}Z`,
    value,
    source: { name, bundle_id: null, product: null },
  })
const total = (...rows: Sample[]) => Number(dayTotals(rows).get(date)?.toFixed(6))

describe('rows without an end', () => {
  const watch = row('10:40:00', 60, 'Watch')
  const phone = row('10:50:00', 40, 'iPhone')

  it('are samples of which in an hour one source counts', () => {
    expect(total(watch, phone)).toBe(60)
  })

  it('are sums of their minute where any row of the day names two sources', () => {
    expect(total(watch, phone, row('19:05:00', 100, 'Watch|iPhone'))).toBe(200)
  })

  it('stay samples on other days', () => {
    expect(total(watch, phone, { ...row('19:05:00', 100, 'Watch|iPhone'), timezone: 'Asia/Tokyo' })).toBe(60)
  })

  it('stay samples that start within a minute', () => {
    const within = [row('12:00:07', 30, 'Watch'), row('12:20:31', 20, 'iPhone')]
    expect(total(...within, row('19:05:00', 100, 'Watch|iPhone'))).toBe(130)
  })

  it('are sums of their hour where all of the day begin with one', () => {
    const rows = [row('10:00:00', 600, 'Watch|iPhone'), row('11:00:00', 60, 'Watch')]
    const late = buildSample({
      type: 'step_count',
      value: 50,
      start: `${date}T11:30:00Z`,
      end: `${date}T11:40:00Z`,
    })
    expect(total(...rows, late)).toBe(660)
  })

  it('count once where a newer export has more of the same minute', () => {
    expect(total(row('10:40:00', 60, 'Watch|iPhone'), row('10:40:00', 80, 'Watch|iPhone'))).toBe(80)
  })

  it('count once where a client sent sums of hours and of minutes', () => {
    const minutes = [0, 7, 21, 48].map((minute) =>
      row(`10:${String(minute).padStart(2, '0')}:00`, 10 + minute, 'Watch|iPhone'),
    )
    expect(total(...minutes, row('10:00:00', 116, 'Watch|iPhone'), row('11:00:00', 5, 'Watch'))).toBe(121)
  })

  it('fall into their own hours', () => {
    const rows = [row('10:40:00', 60, 'Watch|iPhone'), row('11:10:00', 40, 'iPhone')]
    expect(bucketsOf(rows, 'hour').map(({ sum }) => sum)).toEqual([60, 40])
  })
})
