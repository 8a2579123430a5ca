import { gunzipSync } from 'node:zlib'
import { type System, startSystem } from '@clarity/testkit'
import type { BenchRow } from './bench-row.ts'
import { largeExport } from './ingest-export.ts'
import { cpuMs } from './process-usage.ts'
import { quantile } from './time-runs.ts'
import { gzipBody } from './upload-bodies.ts'
import { type Uploader, newUploader } from './uploader.ts'

const FROM = Date.parse('2026-01-05T00:00:00Z')
const MIB = 1024 * 1024
/** About the time that a byte of gzip tells of: each body goes on where the one before ended. */
const MS_PER_BYTE = 600
const GOAL_RATIO = 2.5

/** Sizes of gzip bodies, how many are sent, and how many at once. */
const LOADS = [
  { name: '5 KB', bytes: 5_000, requests: 40, atOnce: 4 },
  { name: '500 KB', bytes: 500_000, requests: 8, atOnce: 4 },
  { name: '5 MB', bytes: 5_000_000, requests: 2, atOnce: 1 },
] as const

type Load = (typeof LOADS)[number]

const SYSTEM = { environment: { LOG_LEVEL: 'warn', OTEL_TRACES_EXPORTER: 'none' } } as const

/**
 * Uploads of three sizes, those of a size of one person and of the time after each other: how fast they are answered, and the processor
 * time of both services until the days are written, beside inflating and parsing the same bodies. Then an export of a
 * gigabyte and the memory that analysis needs for it.
 */
export async function ingest(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  {
    await using system = await startSystem(SYSTEM)
    const person = await newUploader(system)
    await warmUp(system, person)
    for (const load of LOADS) rows.push(...(await measureLoad(load, system)))
  }
  rows.push(await largeExport(SYSTEM))
  return rows
}

/** The compilers of the services settle as they would in a day's work. */
async function warmUp(_system: System, person: Uploader): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const { gzip } = gzipBody(2_000_000, { from: FROM, seed: 900 + round })
    await person.merged((await person.send(gzip)).uploadId)
  }
}

async function measureLoad({ name, bytes, requests, atOnce }: Load, system: System): Promise<BenchRow[]> {
  const person = await newUploader(system)
  const bodies = Array.from({ length: requests }, (_, seed) =>
    gzipBody(bytes, { from: FROM + seed * bytes * MS_PER_BYTE, seed: bytes + seed }),
  )
  const decodedMb = bodies.reduce((sum, { body }) => sum + body.length, 0) / MIB
  const baseline = baselineMs(bodies) / decodedMb
  const { ingestion, analysis } = system.services
  const before = { ingestion: cpuMs(ingestion.pid), analysis: cpuMs(analysis.pid) }
  const started = performance.now()
  const sent = await sendAll(
    person,
    bodies.map(({ gzip }) => gzip),
    atOnce,
  )
  const seconds = (performance.now() - started) / 1000
  // What ingestion does from here on is to answer how far the uploads are.
  const ingested = cpuMs(ingestion.pid) - before.ingestion
  for (const { uploadId } of sent) await person.merged(uploadId)
  const used = (ingested + cpuMs(analysis.pid) - before.analysis) / decodedMb
  const ratio = used / ((baseline + baselineMs(bodies) / decodedMb) / 2)
  const times = sent.map(({ ms }) => ms).sort((a, b) => a - b)
  return [
    {
      bench: 'ingest',
      name: `${name}, answered`,
      runs: requests,
      per_second: requests / seconds,
      median_ms: quantile(times, 0.5),
      p95_ms: quantile(times, 0.95),
      p99_ms: quantile(times, 0.99),
    },
    { bench: 'ingest', name: `${name}, gunzip and JSON.parse`, runs: requests, cpu_ms_per_mb: baseline },
    {
      bench: 'ingest',
      name: `${name}, to the written days`,
      runs: requests,
      cpu_ms_per_mb: used,
      ratio,
      ...(bytes > 5_000 && { goal: `≤ ${GOAL_RATIO} of parsing`, met: ratio <= GOAL_RATIO }),
    },
  ]
}

/** Processor time of inflating and parsing alone. */
function baselineMs(bodies: readonly { readonly gzip: Buffer }[]): number {
  const before = process.cpuUsage()
  for (const { gzip } of bodies) JSON.parse(gunzipSync(gzip).toString('utf8'))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function sendAll(
  person: Uploader,
  gzips: readonly Buffer[],
  atOnce: number,
): Promise<Awaited<ReturnType<Uploader['send']>>[]> {
  const waiting = [...gzips]
  const sent: Awaited<ReturnType<Uploader['send']>>[] = []
  const lane = async () => {
    for (let gzip = waiting.shift(); gzip; gzip = waiting.shift()) sent.push(await person.send(gzip))
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return sent
}
