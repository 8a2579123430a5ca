import { type SleepSession, type Sample, daySleep } from '@clarity/health-data'
import { MONDAY } from './readings-of.ts'

const STAGES = { b: 0, u: 1, a: 2, c: 3, d: 4, r: 5 } as const

/** Sleep samples from words as `c30`: a stage (in Bed, unspecified, awake, core, deep, rem) and its minutes. */
export function stageSamples(words: string, from: number): Sample[] {
  let start = from
  return words.split(' ').map((word) => {
    const end = start + Number(word.slice(1)) * 60_000
    const sample = sampleOf({
      type: 'sleep_analysis',
      start,
      end,
      value: STAGES[word[0] as keyof typeof STAGES],
    })
    start = end
    return sample
  })
}

/** One accepted sample of a watch in UTC. */
export function sampleOf(parts: Pick<Sample, 'type' | 'start' | 'end' | 'value'> & Partial<Sample>): Sample {
  return {
    id: `${parts.type}:${parts.start}:${parts.value}`,
    unit: '',
    source: { name: 'Watch', bundle_id: null, product: 'Watch6,7' },
    user_entered: false,
    timezone: 'UTC',
    timezone_source: 'none',
    base_verdict: 'accepted',
    verdict: 'accepted',
    upload_ids: ['upload-1'],
    ...parts,
  }
}

/** The night of these stages, from 23:00 on the Sunday before; time in bed from `bedMinutes` before it to its end. */
export function nightOf(words: string, bedMinutes?: number): SleepSession {
  const from = MONDAY - 60 * 60_000
  const stages = stageSamples(words, from)
  const end = stages.at(-1)!.end
  const bed =
    bedMinutes === undefined
      ? []
      : [sampleOf({ type: 'sleep_analysis', start: from - bedMinutes * 60_000, end, value: STAGES.b })]
  return [...daySleep([...bed, ...stages], []).values()][0]!.night
}
