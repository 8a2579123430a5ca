import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  describeWithSamples,
  disagreements,
  exact,
  type Reading,
  rowsOf,
  samples,
  truthOf,
  type Tolerance,
  wholeSeconds,
} from '../../tests/truth.ts'

const newYork = 'America/New_York'

interface Comparison {
  readonly truth: string
  readonly until: string
  readonly tolerance: Tolerance
  readonly without?: readonly string[]
}

async function differences(path: string, reading: Reading, comparison: Comparison) {
  const truth = truthOf(comparison.truth)
  const rows = await rowsOf(path, reading)
  return rows
    .filter(({ date }) => date <= comparison.until && truth.heart_rate[date])
    .flatMap((row) =>
      disagreements(row, truth, {
        ...comparison.tolerance,
        wantedSteps: truth.steps[row.date]?.priority_interval_union,
      }),
    )
    .filter(({ name }) => !comparison.without?.includes(name))
}

describeWithSamples('days of other clients’ shared samples agree with their reference', () => {
  // The SDK sends neither exercise time nor fractions of a second.
  const openWearables = { tolerance: wholeSeconds, without: ['exercise_minutes'] }

  it.each([
    ['synthetic-16d-iphone-watch', 'synthetic-16d-iphone-watch.new-york', '2025-03-11'],
    ['synthetic-1d', 'synthetic-1d', '2025-03-08'],
  ])('sent by Open Wearables in chunks: %s', async (folder, truth, until) => {
    expect(
      await differences(
        `open-wearables-sdk/${folder}`,
        { uploadTimezone: newYork },
        { ...openWearables, truth, until },
      ),
    ).toEqual([])
  })

  it('sent by Flutter in the local time of the phone, which had travelled before it sent', async () => {
    expect(
      await differences(
        'flutter-health/synthetic-16d-iphone-watch-localtime-no-offset.json.gz',
        { uploadTimezone: 'Europe/London', daysIn: newYork },
        { truth: 'synthetic-16d-iphone-watch.new-york', until: '2025-03-11', tolerance: exact },
      ),
    ).toEqual([])
  })

  it('sent by Flutter in the local time of the phone', async () => {
    expect(
      await differences(
        'flutter-health/synthetic-1d-localtime-no-offset.json',
        { uploadTimezone: newYork },
        { truth: 'synthetic-1d', until: '2025-03-08', tolerance: exact },
      ),
    ).toEqual([])
  })

  it('sent by react-native-health, whose hourly sums of steps count as they are', async () => {
    const file = 'react-native-health/synthetic-1d.json'
    expect(
      await differences(
        file,
        { uploadTimezone: newYork },
        { truth: 'synthetic-1d', until: '2025-03-08', tolerance: exact, without: ['steps'] },
      ),
    ).toEqual([])
    const body = JSON.parse(readFileSync(join(samples, file), 'utf8')) as Record<string, { value: number }[]>
    const sums = body.getDailyStepCountSamples?.map(({ value }) => value) ?? []
    const [row] = (await rowsOf(file)).filter(({ date }) => date === '2025-03-08')
    expect(row?.steps).toBeCloseTo(sums.reduce((total, sum) => total + sum, 0))
  })
})
