import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import type { UploadFormat } from '../src/reading/read-upload.ts'

const samples = join(import.meta.dirname, '../../../../shared/samples')
/** Enough of a body to hold every kind of element. */
const mostBytes = 40_000

export interface Payload {
  readonly format: UploadFormat
  readonly bytes: Buffer
}

const span = { start_date: '2026-03-02T08:00:00Z', end_date: '2026-03-02T08:01:00Z' }
const heartRate = 'HKQuantityTypeIdentifierHeartRate'
const uuid = '1BC6B08B-4CE7-4F14-A602-EC120CB91CBE'
const times = { startDate: span.start_date, endDate: span.end_date }
const json = (body: unknown): Payload => ({ format: 'json', bytes: Buffer.from(JSON.stringify(body)) })
const xml = `<?xml version="1.0"?><!DOCTYPE HealthData [<!ELEMENT a ANY>]><HealthData locale="en_US">${'<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="W" unit="count/min" startDate="2026-03-02 08:00:00 +0000" endDate="2026-03-02 08:00:00 +0000" value="61"><MetadataEntry key="a" value="&amp;"/></Record>'.repeat(4)}</HealthData>`
const line = JSON.stringify({
  schemaVersion: 1,
  kind: 'quantity',
  id: uuid,
  type: heartRate,
  quantity: { value: 61, unit: 'count/min' },
  ...times,
})

/** One body of every shape, as their clients send them. */
export const ownPayloads: readonly Payload[] = [
  json({ quantity_samples: [{ uuid, identifier: heartRate, value: 61, unit: 'count/min', ...span }] }),
  json({
    data: {
      metrics: [
        {
          name: 'heart_rate',
          units: 'bpm',
          data: [{ date: '2026-03-02 8:00:00 AM +0100', Min: 1, Avg: 61, Max: 99 }],
        },
        {
          name: 'step_count',
          units: 'count',
          data: [{ date: '2026-03-02 08:00:00 +0100', qty: 9, source: 'A|B' }],
        },
      ],
      workouts: [
        { id: uuid, name: 'Running', start: '2026-03-02 08:00:00 +0100', end: '2026-03-02 09:00:00 +0100' },
      ],
    },
  }),
  json({
    provider: 'apple',
    sdkVersion: '1',
    data: {
      records: [{ id: uuid, type: heartRate, value: 61, unit: 'bpm', ...times }],
      sleep: [],
      workouts: [],
    },
  }),
  json({ getHeartRateSamples: [{ id: uuid, value: 61, sourceName: 'W', sourceId: 'a', ...times }] }),
  json({
    quantitySamples: [{ uuid, quantityType: heartRate, quantity: 61, unit: 'count/s', ...times }],
    deletedSamples: [{ uuid }],
  }),
  json([
    {
      uuid,
      type: 'HEART_RATE',
      unit: 'BEATS_PER_MINUTE',
      dateFrom: '2026-03-02T08:00:00',
      dateTo: '2026-03-02T08:00:00',
      value: { __type: 'NumericHealthValue', numericValue: 61 },
      sourcePlatform: 'appleHealth',
    },
  ]),
  json({
    resourceType: 'Observation',
    id: uuid,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    effectivePeriod: { start: span.start_date, end: span.end_date },
    valueQuantity: { value: 61, code: '/min', system: 'http://unitsofmeasure.org' },
  }),
  json({ metrics: { [heartRate]: { value: [{ value: 61, unit: 'count/min', ...times }] } }, checkpoint: {} }),
  {
    format: 'ndjson',
    bytes: Buffer.from(
      `${line}\n${JSON.stringify({ schemaVersion: 1, kind: 'deletion', id: uuid })}\n${line}\n`,
    ),
  },
  { format: 'xml', bytes: Buffer.from(xml) },
  { format: 'zip', bytes: Buffer.from(zipSync({ 'a/export.xml': strToU8(xml), 'a/b.txt': strToU8('b') })) },
]

/** The beginnings of real clients' bodies, where they lie beside the repository. */
export function sharedPayloads(): Payload[] {
  const files: [UploadFormat, string][] = [
    ['json', 'raw-envelope/synthetic-1d.json'],
    ['json', 'health-auto-export/synthetic-1d-days.json'],
    ['json', 'react-native-healthkit/synthetic-1d.json'],
    ['json', 'flutter-health/synthetic-1d-localtime-no-offset.json'],
    ['ndjson', 'fhir/synthetic-1d.ndjson.gz'],
    ['ndjson', 'flat-ndjson/synthetic-1d.ndjson'],
    ['xml', 'apple-export/synthetic-1d-en_US.xml'],
    ['xml', 'apple-export/malformed-dtd-ios16.xml'],
    ['zip', 'apple-export/export.zip'],
  ]
  if (!existsSync(samples)) {
    console.log('skipped: mutations of the shared samples (they are not beside this repository)')
    return []
  }
  return files
    .filter(([, path]) => existsSync(join(samples, path)))
    .map(([format, path]) => {
      const stored = readFileSync(join(samples, path))
      const bytes = path.endsWith('.gz') ? gunzipSync(stored) : stored
      return { format, bytes: format === 'zip' ? bytes : bytes.subarray(0, mostBytes) }
    })
}
