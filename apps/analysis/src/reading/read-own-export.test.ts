import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { mergeIntoShards, representatives, type SampleLine, toSampleLine } from '@clarity/health-data'
import { readUpload, type UploadBody, type UploadReading } from './read-upload.ts'
import { describeWithSamples, samples } from '../../tests/truth.ts'

const context = { uploadId: 'u', receivedAt: Date.parse('2025-03-20T00:00:00Z') }

/** The sample lines that an account holding this reading alone exports. */
function exported({ samples: incoming, tombstones }: UploadReading): SampleLine[] {
  const { changed } = mergeIntoShards({ existing: new Map(), incoming, tombstones })
  const shards = [...changed.keys()].sort().map((date) => changed.get(date) ?? [])
  return shards.flatMap((shard) => representatives(shard).map((sample) => toSampleLine(sample)))
}

function imported(lines: readonly SampleLine[]): Promise<UploadReading> {
  const records = [
    { kind: 'upload' },
    ...lines.map((line) => ({ kind: 'sample', ...line })),
    { kind: 'insight' },
  ]
  return readUpload({
    stream: Readable.from(records.map((record) => Buffer.from(`${JSON.stringify(record)}\n`))),
    format: 'ndjson',
    // Years later, from elsewhere.
    context: { uploadId: 'u', receivedAt: Date.parse('2030-01-01T00:00:00Z'), uploadTimezone: 'Asia/Tokyo' },
  })
}

describeWithSamples('an export of the shared samples', () => {
  const newYork = { ...context, uploadTimezone: 'America/New_York' }

  it.each<[file: string, Pick<UploadBody, 'format' | 'context'>]>([
    ['raw-envelope/synthetic-1d.json', { format: 'json', context }],
    ['fhir/synthetic-1d.ndjson.gz', { format: 'ndjson', context }],
    ['react-native-health/synthetic-1d.json', { format: 'json', context: newYork }],
    ['health-auto-export/synthetic-1d-days.json', { format: 'json', context: newYork }],
    ['health-auto-export/synthetic-1d-individual.json', { format: 'json', context }],
    ['apple-export/synthetic-1d-en_US.xml', { format: 'xml', context: newYork }],
    ['odd/date-variants.json', { format: 'json', context }],
    ['odd/unit-variants-heart-rate.json', { format: 'json', context }],
  ])('is read back line by line as it was, sent as %s', async (file, body) => {
    const stream = createReadStream(join(samples, file))
    const contentEncoding = file.endsWith('.gz') ? 'gzip' : undefined
    const lines = exported(await readUpload({ ...body, stream, contentEncoding }))
    const back = await imported(lines)
    expect([back.shape, back.rejected]).toEqual(['own_export', 0])
    expect(exported(back)).toEqual(lines)
  })
})
