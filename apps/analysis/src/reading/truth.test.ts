import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { readUpload, type UploadFormat } from './read-upload.ts'
import {
  describeWithSamples,
  disagreements,
  exact,
  rowsOf,
  samples,
  truthOf,
  wholeSeconds,
} from '../../tests/truth.ts'

describeWithSamples('days of the shared samples agree with their reference on every field', () => {
  it('sent in the raw envelope, travel included', async () => {
    const truth = truthOf('synthetic-16d-iphone-watch')
    const rows = await rowsOf('raw-envelope/synthetic-16d-iphone-watch.json.gz')
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
    const rows = await rowsOf(file, { format, uploadTimezone: 'America/New_York' })
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
