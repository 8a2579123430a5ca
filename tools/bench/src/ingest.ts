import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { replayDockerfile, startCommand } from '@clarity/images'
import { type Uploads, createFirestoreRecordStore } from '@clarity/record-store'
import { PROJECT_ID, type System, type SystemOptions, startSystem } from '@clarity/testkit'
import type { BenchRow } from './bench-row.ts'
import { useCloud } from './config.ts'
import { largeExport } from './ingest-export.ts'
import { cpuMs } from './process-usage.ts'
import { quantile } from './time-runs.ts'
import { gzipBody } from './upload-bodies.ts'
import { type Uploader, newUploader } from './uploader.ts'
import { reached } from './watch-upload.ts'

/** Long enough ago that the warm-up, more than a year of a person's time, ends before today. */
const FROM = Date.parse('2025-01-05T00:00:00Z')
const MIB = 1024 * 1024
/** About the time that a byte of gzip tells of: each body goes on where the one before ended. */
const MS_PER_BYTE = 600
const GOAL_RATIO = 2.5

/** Sizes of gzip bodies, how many are sent, and how many at once. */
const LOADS = [
  { name: '5 KB', bytes: 5_000, requests: 60, atOnce: 4 },
  { name: '500 KB', bytes: 500_000, requests: 16, atOnce: 4 },
  { name: '5 MB', bytes: 5_000_000, requests: 3, atOnce: 1 },
] as const

type Load = (typeof LOADS)[number]

interface Bodies {
  /** Of each body, gzip. */
  readonly bytes: number
  readonly requests: number
}

const WARM_UP: Bodies = { bytes: 500_000, requests: 120 }

const SYSTEM = { environment: { LOG_LEVEL: 'warn', OTEL_TRACES_EXPORTER: 'none' } } as const

/**
 * Uploads of three sizes to the services as their images run them, those of a size of one person and of the time after
 * each other, so that each goes on in the last day of the one before: how fast they are answered, and the processor
 * time of both services (threads and collected garbage included, the cloud's and the export of spans not) until the
 * days are written, beside inflating and parsing the same bodies. Then a large export and the memory that analysis
 * needs for it.
 */
export async function ingest(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clarity-ingest-'))
  try {
    const [ingestion, analysis] = (['ingestion', 'analysis'] as const).map((service) =>
      startCommand(replayDockerfile(service, join(folder, service))),
    )
    const options = { ...SYSTEM, programs: { ingestion: ingestion!, analysis: analysis! } }
    return [...(await loadRows(options)), await largeExport(options)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function loadRows(options: SystemOptions): Promise<BenchRow[]> {
  await using system = await startSystem(options)
  useCloud(system.cloud.environment)
  await using records = createFirestoreRecordStore({ projectId: PROJECT_ID, userHashKey: 'bench'.repeat(8) })
  const running: Running = { system, uploads: records.uploads }
  await warmUp(running)
  const rows: BenchRow[] = []
  for (const load of LOADS) rows.push(await answeredRow(load, running), ...(await cpuRows(load, running)))
  return rows
}

interface Running {
  readonly system: System
  readonly uploads: Uploads
}

/** The compilers of the services settle as in a day's work: at first they take up to a fifth of the processor time. */
async function warmUp({ system, uploads }: Running): Promise<void> {
  const person = await newUploader(system)
  for (const { gzip } of bodiesOf(WARM_UP, WARM_UP.bytes)) {
    const { uploadId } = await person.send(gzip)
    await reached(uploads, { userId: person.userId, uploadId, stage: 'predicted' })
  }
}

function* bodiesOf({ bytes, requests }: Bodies, seed: number) {
  for (let index = 0; index < requests; index += 1)
    yield gzipBody(bytes, { from: FROM + index * bytes * MS_PER_BYTE, seed: seed + index })
}

/** Several requests at once; what they leave to do is done before anything else is measured. */
async function answeredRow(load: Load, { system, uploads }: Running): Promise<BenchRow> {
  const { name, bytes, requests, atOnce } = load
  const person = await newUploader(system)
  const gzips = [...bodiesOf(load, bytes)].map(({ gzip }) => gzip)
  const started = performance.now()
  const sent = await sendAll(person, gzips, atOnce)
  const seconds = (performance.now() - started) / 1000
  for (const { uploadId } of sent)
    await reached(uploads, { userId: person.userId, uploadId, stage: 'predicted' })
  const times = sent.map(({ ms }) => ms).sort((a, b) => a - b)
  return {
    bench: 'ingest',
    name: `${name}, answered`,
    runs: requests,
    per_second: requests / seconds,
    median_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
    p99_ms: quantile(times, 0.99),
  }
}

/** One upload after the other, so that the analysis of one is not counted to the days of the next. */
async function cpuRows(load: Load, { system, uploads }: Running): Promise<BenchRow[]> {
  const { name, bytes, requests } = load
  const { services } = system
  const person = await newUploader(system)
  const bodies = [...bodiesOf(load, bytes + requests)]
  const decodedMb = bodies.reduce((sum, { body }) => sum + body.length, 0) / MIB
  const before = baselineMs(bodies)
  let used = 0
  for (const { gzip } of bodies) {
    const ingestion = cpuMs(services.ingestion.pid)
    const analysis = cpuMs(services.analysis.pid)
    const { uploadId } = await person.send(gzip)
    used += cpuMs(services.ingestion.pid) - ingestion
    await reached(uploads, { userId: person.userId, uploadId, stage: 'merged' })
    used += cpuMs(services.analysis.pid) - analysis
    await reached(uploads, { userId: person.userId, uploadId, stage: 'predicted' })
  }
  const baseline = (before + baselineMs(bodies)) / 2
  const ratio = used / baseline
  return [
    {
      bench: 'ingest',
      name: `${name}, gunzip and JSON.parse`,
      runs: requests,
      cpu_ms_per_mb: baseline / decodedMb,
    },
    {
      bench: 'ingest',
      name: `${name}, to the written days`,
      runs: requests,
      cpu_ms_per_mb: used / decodedMb,
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

type Sent = Awaited<ReturnType<Uploader['send']>>

async function sendAll(person: Uploader, gzips: readonly Buffer[], atOnce: number): Promise<Sent[]> {
  const waiting = [...gzips]
  const sent: Sent[] = []
  const lane = async () => {
    for (let gzip = waiting.shift(); gzip; gzip = waiting.shift()) sent.push(await person.send(gzip))
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return sent
}
