import { activityCounts } from './activity-counts.ts'
import { type ColeKripkeMethod, coleKripke } from './cole-kripke.ts'
import { formatSleepWake } from './sleep-wake.ts'

const score = (values: number[], method: ColeKripkeMethod) =>
  formatSleepWake(
    coleKripke(activityCounts({ minutes: Float64Array.from(values), startMinuteOfDay: 0 }), method),
  )
/** One minute of so many counts, the seventh of thirteen. */
const single = (count: number) => Array.from({ length: 13 }, (_, minute) => (minute === 6 ? count : 0))

describe('Cole–Kripke scoring', () => {
  // D of the minutes around one movement is 0.001 w A with w = 67 74 230 76 58 54 106 from two minutes before it on.
  it.each([
    ['cole-kripke-1992-mean', 4, '1111111111111'],
    ['cole-kripke-1992-mean', 5, '1111110111111'],
    ['cole-kripke-1992-mean', 10, '1111110111011'],
    ['cole-kripke-1992-mean', 14, '1111100011011'],
    ['cole-kripke-1992-mean', 15, '1111000011011'],
    ['cole-kripke-1992-mean', 18, '1111000001011'],
    ['cole-kripke-1992-mean', 19, '1111000000011'],
    // 0.00001 w A with w = 350 508 1408 441 326 598 404.
    ['cole-kripke-1992-10s', 71, '1111111111111'],
    ['cole-kripke-1992-10s', 72, '1111110111111'],
    ['cole-kripke-1992-10s', 168, '1111110110111'],
    ['cole-kripke-1992-10s', 197, '1111100110111'],
    ['cole-kripke-1992-10s', 307, '1111000000011'],
  ] as const)('by %s, one minute of %d counts wakes %s', (method, count, expected) => {
    expect(score(single(count), method)).toBe(expected)
  })

  it('calls D = 1 wake', () => {
    // 106 · 8 + 76 · 2 = 1000, and 106 · 8 + 74 · 2 = 996.
    expect(score([8, 0, 0, 2, 0, 0], 'cole-kripke-1992-mean')[4]).toBe('0')
    expect(score([8, 0, 0, 0, 0, 2], 'cole-kripke-1992-mean')[4]).toBe('1')
  })

  it('takes minutes outside the recording and unobserved ones for still, and scores only observed ones', () => {
    expect(score([5], 'cole-kripke-1992-mean')).toBe('0')
    expect(score([4, NaN, NaN, 4], 'cole-kripke-1992-mean')).toBe('1--0')
    expect(score([], 'cole-kripke-1992-mean')).toBe('')
  })
})
