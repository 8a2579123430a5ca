import { type Sample, type Tombstone, sumZones, syncIdentity } from '@clarity/health-data'
import type { DayRecord, MergeState, SampleShard } from '@clarity/record-store'
import { type AnalysisInput, readInput, readerOf } from '../src/measures/analysis-input.ts'
import type { WindowSource } from '../src/measures/analysis-window.ts'
import { type MergedDays, mergeDays } from '../src/measures/merge-days.ts'

const WATCH = { name: 'Watch', bundle_id: null, product: 'Watch6,7' }
let count = 0

/** A sample for tests: steps of a watch, accepted, unless told otherwise. */
export function sample(start: string, end: string, rest: Partial<Sample> = {}): Sample {
  count += 1
  return {
    id: `sample-${count}`,
    type: 'step_count',
    start: Date.parse(start),
    end: Date.parse(end),
    value: 10,
    unit: 'count',
    source: WATCH,
    user_entered: false,
    timezone: 'UTC',
    timezone_source: 'upload',
    base_verdict: 'accepted',
    verdict: 'accepted',
    upload_ids: ['upload-1'],
    ...rest,
  }
}

/** The input of an analysis over some civil days, without stored days. */
export function input(samples: readonly Sample[], rest: Partial<AnalysisInput> = {}): AnalysisInput {
  const sorted = [...samples].sort((a, b) => a.start - b.start)
  return {
    analysisId: 'analysis-1',
    digest: 'digest',
    start: '2026-03-01',
    end: '2026-03-07',
    timezone: 'UTC',
    days: [],
    baseline: [],
    samples: sorted,
    sleep: sorted.filter(({ type }) => type === 'sleep_analysis'),
    uploadIds: [],
    ...rest,
  }
}

/** Samples of each clock hour of a day from the first to before the last, in a zone of constant offset. */
export function hourly(
  date: string,
  [first, last]: readonly [number, number],
  rest: Partial<Sample> = {},
): Sample[] {
  return Array.from({ length: last - first }, (_, index) => {
    const hour = String(first + index).padStart(2, '0')
    const at = (minute: string) => `${date}T${hour}:${minute}:00Z`
    return sample(at('20'), at('21'), { id: `${date} ${hour}`, ...rest })
  })
}

/** What a merge reads of one person's record; days and shards as `stored`. */
export function mergeState(stored: Partial<Stored> = {}, utcDates: readonly string[] = []): MergeState {
  const { shards = [], days = [], tombstones = [] } = stored
  return {
    shards: shards.filter(({ utc_date }) => utcDates.includes(utc_date)),
    tombstones,
    read: {
      days: async (start, end) => days.filter(({ date }) => date >= start && date <= end),
      lastDays: async (count) => days.slice(-count),
      shards: async (dates, made) => {
        const asked = shards.filter(({ utc_date }) => dates.includes(utc_date))
        if (!made) return asked
        const zones = new Set([...made.zones, ...sumZones(asked.map(({ samples }) => samples))])
        return asked.filter(
          ({ reach, samples }) =>
            !reach ||
            (zones.size > 1 && sumZones([samples]).size > 0) ||
            made.dates.some((date) => date >= reach.from && date <= reach.to),
        )
      },
      holding: async (syncIdentities) =>
        shards.filter(
          ({ utc_date, samples }) =>
            !utcDates.includes(utc_date) &&
            samples.some(
              ({ type, source, sync }) =>
                sync && syncIdentities.includes(syncIdentity({ type, source, sync })),
            ),
        ),
      tombstones: async (ids) => tombstones.filter(({ id }) => ids.includes(id)),
    },
  }
}

interface Stored {
  readonly shards: readonly SampleShard[]
  readonly days: readonly DayRecord[]
  readonly tombstones: readonly Tombstone[]
}

/** The input of the analysis of these samples, as of all that there is. */
export async function inputOf(samples: readonly Sample[], source: Partial<WindowSource> = {}) {
  const { result } = await merged(samples)
  return readInput(readerOf(result), { userId: 'anna', modelSha256: 'a'.repeat(64), ...source })
}

/** Merges these samples into an empty record. */
export function merged(samples: readonly Sample[]): Promise<MergedDays> {
  return mergeDays(mergeState(), { incoming: samples, tombstones: [] })
}
