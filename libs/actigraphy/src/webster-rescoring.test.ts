import { formatSleepWake } from './sleep-wake.ts'
import { sleepWakeOf } from './testing/sleep-wake-of.ts'
import { websterRescored } from './webster-rescoring.ts'

describe("Webster's rescoring", () => {
  it.each([
    ['a: not after three minutes of wake', 'w3 s20', 'w3 s20'],
    ['a: one minute after four', 'w4 s20', 'w5 s19'],
    ['b: three minutes after ten', 'w10 s20', 'w13 s17'],
    ['c: four minutes after fifteen', 'w15 s20', 'w19 s16'],
    ['a–c: no more than there is', 'w15 s2 w1 s20', 'w18 s20'],
    ['d: six minutes between ten and ten', 's30 w10 s6 w10 s30', 's30 w29 s27'],
    ['d: not six between ten and eight', 's30 w10 s6 w8 s30', 's30 w13 s3 w9 s29'],
    ['e: ten minutes between twenty and twenty', 's30 w20 s10 w20 s30', 's30 w54 s26'],
    ['e: the four minutes of c come first', 's30 w20 s15 w20 s30', 's30 w24 s11 w24 s26'],
    ['e: not fifteen of which c leaves eleven', 's30 w20 s14 w20 s30', 's30 w58 s26'],
    ['unscored minutes are neither', 'w15 -1 s20', 'w15 -1 s20'],
  ])('%s', (_, given, expected) => {
    expect(formatSleepWake(websterRescored(sleepWakeOf(given)))).toBe(formatSleepWake(sleepWakeOf(expected)))
  })

  it('leaves the given scoring as it is, and names itself', () => {
    const given = sleepWakeOf('w4 s4')
    expect(websterRescored(given).method).toBe('given+webster-1982')
    expect(formatSleepWake(given)).toBe('00001111')
    expect(formatSleepWake(websterRescored({ ...given, states: new Int8Array(0) }))).toBe('')
  })
})
