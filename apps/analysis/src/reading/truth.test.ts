import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { datesBetween, mergeIntoShards, type SummaryRow, summariseDays } from '@clarity/health-data'
import { readUpload, type UploadFormat } from './read-upload.ts'

const samples = join(import.meta.dirname, '../../../../../shared/samples')
const hasSamples = existsSync(samples)
if (!hasSamples) console.log('The shared samples are absent: their reference values are not compared.')
const describeWithSamples = hasSamples ? describe : describe.skip

interface Statistics {
  readonly n: number
  readonly mean: number
  readonly min?: number
  readonly max?: number
}
type Daily<Value> = Readonly<Record<string, Value>>
interface Truth {
  readonly steps: Daily<{ priority_interval_union: number }>
  readonly steps_after_tombstones?: Daily<number>
  readonly heart_rate: Daily<Statistics>
  readonly hrv_sdnn_ms: Daily<Statistics>
  readonly respiratory_rate: Daily<Statistics>
  readonly spo2_fraction: Daily<Statistics>
  readonly resting_hr: Daily<Statistics>
  readonly exercise_min: Daily<number>
  readonly active_energy_kcal_naive: Daily<number>
  readonly sleep_minutes_by_wake_day_source_stage: Daily<Daily<number>>
}

function truthOf(name: string): Truth {
  return JSON.parse(readFileSync(join(samples, 'truth', `${name}.json`), 'utf8')) as Truth
}

async function rowsOf(file: string, format: UploadFormat, uploadTimezone?: string): Promise<SummaryRow[]> {
  const {
    samples: incoming,
    tombstones,
    rejected,
  } = await readUpload({
    stream: createReadStream(join(samples, file)),
    contentEncoding: file.endsWith('.gz') ? 'gzip' : undefined,
    format,
    context: {
      uploadId: 'u',
      receivedAt: Date.parse('2025-03-20T00:00:00Z'),
      ...(uploadTimezone && { uploadTimezone }),
    },
  })
  expect(rejected).toBe(0)
  const { changed } = mergeIntoShards({ existing: new Map(), incoming, tombstones })
  return summariseDays(datesBetween('2025-03-01', '2025-03-17'), [...changed.values()].flat())
}

/** Decimals that a value may differ in: the reference rounds, and some shapes cut times to whole seconds. */
interface Tolerance {
  readonly steps: number
  readonly sleepMinutes: number
}

function near(got: number | null, wanted: number | undefined, tolerance: number): boolean {
  return wanted === undefined || (got !== null && Math.abs(got - wanted) <= tolerance)
}

/** What a row disagrees on with the reference, by field. */
function disagreements(
  row: SummaryRow,
  truth: Truth,
  tolerance: Tolerance & { readonly wantedSteps: number | undefined },
) {
  const { date, sleep } = row
  const stages = truth.sleep_minutes_by_wake_day_source_stage[date] ?? {}
  const slept = ['core', 'deep', 'rem'].reduce((total, stage) => total + (stages[`watch:${stage}`] ?? 0), 0)
  const oxygen = truth.spo2_fraction[date]
  const statistics = (
    name: 'heart_rate' | 'hrv_sdnn_ms' | 'respiratory_rate',
  ): [string, number | null, number | undefined, number][] => [
    [`${name}.count`, row[name].count, truth[name][date]?.n, 0],
    [`${name}.mean`, row[name].mean, truth[name][date]?.mean, 1e-4],
  ]
  const checks: [string, number | null, number | undefined, number][] = [
    ['steps', row.steps, tolerance.wantedSteps, tolerance.steps],
    ...statistics('heart_rate'),
    ...statistics('hrv_sdnn_ms'),
    ...statistics('respiratory_rate'),
    ['heart_rate.min', row.heart_rate.min, truth.heart_rate[date]?.min, 1e-3],
    ['heart_rate.max', row.heart_rate.max, truth.heart_rate[date]?.max, 1e-3],
    ['oxygen.count', row.oxygen_saturation_percent.count, oxygen?.n, 0],
    ['oxygen.mean', row.oxygen_saturation_percent.mean, oxygen && oxygen.mean * 100, 0.01],
    ['resting_heart_rate', row.resting_heart_rate, truth.resting_hr[date]?.mean, 1e-3],
    ['exercise_minutes', row.exercise_minutes, truth.exercise_min[date], 1e-3],
    ['active_energy_kcal', row.active_energy_kcal, truth.active_energy_kcal_naive[date], 1e-3],
    [
      'asleep and naps',
      (sleep.asleep_minutes ?? 0) + (sleep.naps_minutes ?? 0),
      slept,
      tolerance.sleepMinutes,
    ],
    ['deep', sleep.deep_minutes, stages['watch:deep'], tolerance.sleepMinutes],
    ['rem', sleep.rem_minutes, stages['watch:rem'], tolerance.sleepMinutes],
    ['awake', sleep.awake_minutes, stages['watch:awake'], tolerance.sleepMinutes],
    ['in bed', sleep.in_bed_minutes, stages['phone:inBed'], tolerance.sleepMinutes],
  ]
  return checks
    .filter(([, got, wanted, most]) => !near(got, wanted, most))
    .map(([name, got, wanted]) => ({ date, name, got, wanted }))
}

const exact = { steps: 0.02, sleepMinutes: 0.02 }
const wholeSeconds = { steps: 6.5, sleepMinutes: 0.1 }

describeWithSamples('days of the shared samples agree with their reference on every field', () => {
  it('sent in the raw envelope, travel included', async () => {
    const truth = truthOf('synthetic-16d-iphone-watch')
    const rows = await rowsOf('raw-envelope/synthetic-16d-iphone-watch.json.gz', 'json')
    const wrong = rows.flatMap((row) =>
      disagreements(row, truth, {
        ...wholeSeconds,
        wantedSteps: truth.steps[row.date]?.priority_interval_union,
      }),
    )
    expect(wrong).toEqual([])
    expect(rows.slice(-6).map(({ timezone }) => timezone)).toContain('Europe/London')
  })

  const newYork = async (file: string, format: UploadFormat) => {
    const rows = await rowsOf(file, format, 'America/New_York')
    return rows.filter(({ date }) => date <= '2025-03-11')
  }
  const newYorkTruth = 'synthetic-16d-iphone-watch.new-york'

  it('sent by react-native-healthkit, deletions included', async () => {
    const truth = truthOf(newYorkTruth)
    const after = truth.steps_after_tombstones ?? truthOf('synthetic-16d-iphone-watch').steps_after_tombstones
    const rows = await newYork('react-native-healthkit/synthetic-16d-iphone-watch.json.gz', 'json')
    expect(
      rows.flatMap((row) => disagreements(row, truth, { ...exact, wantedSteps: after?.[row.date] })),
    ).toEqual([])
  })

  it('exported by Apple Health', async () => {
    const truth = truthOf(newYorkTruth)
    const rows = await newYork('apple-export/synthetic-16d-iphone-watch-en_US.xml.gz', 'xml')
    const wrong = rows.flatMap((row) =>
      disagreements(row, truth, {
        ...wholeSeconds,
        wantedSteps: truth.steps[row.date]?.priority_interval_union,
      }),
    )
    expect(wrong).toEqual([])
  })

  it('sent by Health Auto Export, on all but steps', async () => {
    const truth = truthOf(newYorkTruth)
    const rows = await newYork('health-auto-export/synthetic-16d-iphone-watch-individual.json', 'json')
    expect(
      rows.flatMap((row) => disagreements(row, truth, { ...wholeSeconds, wantedSteps: undefined })),
    ).toEqual([])
  })
})

describeWithSamples('the other shared samples', () => {
  const read = (file: string, format: UploadFormat) =>
    readUpload({
      stream: createReadStream(join(samples, file)),
      contentEncoding: file.endsWith('.gz') ? 'gzip' : undefined,
      format,
      context: { uploadId: 'u', receivedAt: Date.parse('2025-03-20T00:00:00Z') },
    })

  it('hold the same in an archive and behind a broken document type', async () => {
    const archive = await read('apple-export/export.zip', 'zip')
    const broken = await read('apple-export/malformed-dtd-ios16.xml', 'xml')
    expect(archive.samples.length).toBe(1706)
    expect(broken.samples).toEqual(archive.samples)
  })

  it('hold a real week without a refusal', async () => {
    const { samples: real, rejected } = await read('apple-export/real-7days-2017.xml', 'xml')
    expect([real.length, rejected]).toEqual([2364, 0])
  })

  it('mean one heart rate in every spelling of its unit', async () => {
    const { samples: rates, rejected } = await read('odd/unit-variants-heart-rate.json', 'json')
    expect([rates.length, rejected]).toEqual([9, 0])
    expect(rates.filter(({ value }) => Math.abs((value ?? 0) - 61) < 1e-9)).toHaveLength(9)
  })

  it('mean stages in every spelling, and refuse the two that mean none', async () => {
    const { samples: stages, rejections } = await read('odd/sleep-value-variants.json', 'json')
    expect(stages.map(({ value }) => value).join('')).toBe('0123453140134520330030334')
    expect(rejections.map(({ path }) => path)).toEqual([
      'category_samples[25].value',
      'category_samples[26].value',
    ])
  })

  it('are dated in every spelling', async () => {
    const { samples: dated, rejected } = await read('odd/date-variants.json', 'json')
    const noon = Date.parse('2025-03-01T12:00:00Z')
    expect(rejected).toBe(0)
    expect(dated.filter(({ start }) => Math.abs(start - noon) < 1000)).toHaveLength(14)
  })
})
