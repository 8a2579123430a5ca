import { type Sample, addDays, datesBetween, shardsOf } from '@clarity/health-data'
import type { Days } from '@clarity/record-store'

const MINUTE_MS = 60_000
const DATES_A_WRITE = 30
const WATCH = { name: 'Watch', bundle_id: 'com.apple.health', product: 'Watch6,7' }

/** Samples of one UTC date as a watch records them: a pulse every ten minutes, steps in quarters of an hour, one night’s HRV. */
function samplesOf(date: string): Sample[] {
  const midnight = Date.parse(date)
  const sample = (type: string, [minute, minutes]: readonly [number, number], value: number): Sample => ({
    id: `${type}-${date}-${minute}`,
    type,
    start: midnight + minute * MINUTE_MS,
    end: midnight + (minute + minutes) * MINUTE_MS,
    value,
    unit: type === 'step_count' ? 'count' : 'count/min',
    source: WATCH,
    user_entered: false,
    timezone: 'Europe/Berlin',
    timezone_source: 'upload',
    base_verdict: 'accepted',
    verdict: 'accepted',
    upload_ids: ['bench'],
  })
  return [
    ...Array.from({ length: 144 }, (_, n) => sample('heart_rate', [n * 10, 0], 60 + (n % 40))),
    ...Array.from({ length: 60 }, (_, n) => sample('step_count', [480 + n * 15, 15], 100 + n)),
    sample('resting_heart_rate', [1, 0], 55),
  ].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1))
}

/** Writes so many days of samples, the last of them `lastDate`, for a person who holds none. */
export async function writeHistory(
  days: Days,
  userId: string,
  { lastDate, count }: { readonly lastDate: string; readonly count: number },
): Promise<void> {
  const dates = datesBetween(addDays(lastDate, 1 - count), lastDate)
  for (let from = 0; from < dates.length; from += DATES_A_WRITE) {
    const utcDates = dates.slice(from, from + DATES_A_WRITE)
    const shards = [...shardsOf(utcDates.flatMap(samplesOf))]
    await days.merge(userId, {
      uploadId: null,
      utcDates,
      build: () => ({
        shards: shards.map(([utc_date, samples]) => ({ utc_date, digest: utc_date, samples })),
        days: [],
      }),
    })
  }
}
