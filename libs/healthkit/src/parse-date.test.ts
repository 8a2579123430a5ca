import { parseDate } from './index.ts'

const noon = Date.UTC(2025, 2, 1, 12)
const instant = (text: unknown) => {
  const date = parseDate(text)
  return date && date.wallTime - (date.offset ?? 0)
}

describe('a date', () => {
  it.each([
    '2025-03-01T12:00:00Z',
    '2025-03-01T12:00:00+00:00',
    '2025-03-01T07:00:00-05:00',
    '2025-03-01T07:00:00.000-0500',
    '2025-03-01T14:00:00+02',
    '2025-03-01 07:00:00 -0500',
    '2025-03-01 7:00:00 AM -0500',
    '2025-03-01 7:00:00\u202fAM -0500',
    '2025-03-01\u00a07:00:00\u00a0am -0500',
    '2025-03-01 12:00:00 PM +0000',
    '2025-03-01 7:00:00 a.m. -0500',
    '2025-03-01T12:00Z',
    '20250301T120000Z',
    ' 2025-03-01T12:00:00Z ',
    1_740_830_400,
    1_740_830_400_000,
    1_740_830_400_000_000,
    '1740830400',
    '1740830400000',
  ])('written as %j is one instant', (text) => {
    expect(instant(text)).toBe(noon)
  })

  it('keeps microseconds and drops what is finer', () => {
    expect(instant('2025-03-01T12:00:00.123456789Z')).toBe(noon + 123.456)
    expect(instant('2025-03-01T12:00:00,5Z')).toBe(noon + 500)
  })

  it('reads midnight and noon of a 12 hour clock', () => {
    expect(instant('2025-03-01 12:30:00 AM +0000')).toBe(noon - 11.5 * 3_600_000)
    expect(instant('2025-03-01 12:30:00 PM +0000')).toBe(noon + 0.5 * 3_600_000)
  })

  it.each([
    '2025-03-01 2:30:00 p. m. +0000',
    '2025-03-01 2:30:00\u202fp.\u00a0m. +0000',
    '2025-03-01 下午2:30:00 +0000',
    '2025-03-01 午後2:30:00 +0000',
    '2025-03-01 오후 2:30:00 +0000',
    '٢٠٢٥-٠٣-٠١ ٢:٣٠:٠٠ م +٠٠٠٠',
  ])('reads a 12 hour clock in the language of the phone: %s', (text) => {
    expect(instant(text)).toBe(noon + 2.5 * 3_600_000)
    const words = { p: 'a', 下午: '上午', 午後: '午前', 오후: '오전', م: 'ص' } as const
    const before = text.replace(/p(?=\.)|下午|午後|오후|م/, (word) => words[word as keyof typeof words])
    expect(instant(before)).toBe(noon - 9.5 * 3_600_000)
  })

  it('tells an offset from UTC and from none', () => {
    expect(parseDate('2025-03-01T12:00:00')).toMatchObject({ wallTime: noon, offset: null, isUtc: false })
    expect(parseDate('2025-03-01 12:00:00 +0000')).toMatchObject({ offset: 0, isUtc: false })
    expect(parseDate('2025-03-01T12:00:00Z')).toMatchObject({ offset: 0, isUtc: true })
    expect(parseDate('2025-03-01')).toMatchObject({ wallTime: Date.UTC(2025, 2, 1), offset: null })
  })

  it.each([
    [
      '',
      'yesterday',
      '2025-02-30T00:00:00Z',
      '2025-13-01',
      '2025-03-01T25:00:00Z',
      '2025-03-01 13:00:00 PM +0000',
      '2025-03-01 12:00:00 +9999',
    ],
    ['0000-01-01', '2025-03-01T12:60:00Z', null, undefined, true, {}],
    [NaN, Infinity, 1e300, 'a'.repeat(10_000)],
  ])('is not any of these', (...texts) => {
    expect(texts.map(parseDate)).toEqual(texts.map(() => undefined))
  })
})
