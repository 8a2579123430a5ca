import { sleepStageOf } from './index.ts'

describe('a sleep stage', () => {
  it.each<[number, unknown[]]>([
    [0, [0, '0', 'HKCategoryValueSleepAnalysisInBed', 'In Bed', 'in_bed', 'inBed', 'INBED', 'SLEEP_IN_BED']],
    [
      1,
      [
        1,
        'HKCategoryValueSleepAnalysisAsleep',
        'HKCategoryValueSleepAnalysisAsleepUnspecified',
        'Asleep',
        'sleeping',
      ],
    ],
    [1, ['ASLEEP', 'SLEEP_ASLEEP', 'Unspecified', 'asleep unspecified']],
    [2, [2, 'Awake', 'awake', 'AWAKE', 'SLEEP_AWAKE', 'HKCategoryValueSleepAnalysisAwake']],
    [
      3,
      [
        3,
        3.0,
        '3',
        'Core',
        'light',
        'CORE',
        'SLEEP_LIGHT',
        'asleepCore',
        'HKCategoryValueSleepAnalysisAsleepCore',
      ],
    ],
    [4, [4, 'Deep', 'DEEP', 'SLEEP_DEEP', { stage: 'deep', quality: 0.8 }]],
    [5, [5, 'REM', 'rem', 'SLEEP_REM', 'asleep REM']],
  ])('%d is what each of these says', (stage, words) => {
    expect(words.map(sleepStageOf)).toEqual(words.map(() => stage))
  })

  it('is nothing else', () => {
    const words = [6, -1, 2.5, 'zzz', 'UNKNOWN', null, undefined, [], {}, 'x'.repeat(100)]
    expect(words.map(sleepStageOf)).toEqual(words.map(() => undefined))
  })
})
