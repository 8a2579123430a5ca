import { lowestSustained } from '../sustained.ts'
import type { RedFlagRule } from './red-flag.ts'

const LIMIT = 90

/**
 * Oxygen saturation below 90 % that lasts: all readings of at least five minutes, none further than five minutes
 * from the next, are below. A single low reading, or readings half an hour apart, say nothing of it.
 */
export const sustainedLowOxygen: RedFlagRule = {
  code: 'oxygen_below_90_sustained',
  title: 'Oxygen saturation stayed below 90% for five minutes or longer',
  measure: 'oxygen.lowest_sustained',
  unit: '%',
  citation:
    'Royal College of Physicians 2017, NEWS2 (91 % or less scores highest); five minutes as in AASM 2014, ICSD-3; a single minimum of 88–90 is usual in sleep: Gries & Brooks 1996, Chest 110:1489–1492',
  examine: ({ oxygen }) => {
    const { value } = lowestSustained(oxygen, { minutes: 5, gapMinutes: 5 })
    if (value === null) return 'not-examined'
    return value < LIMIT ? value : 'nothing'
  },
}
