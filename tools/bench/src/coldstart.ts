import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVICES, type ServiceName, replayDockerfile } from '@clarity/images'
import { startLocalCloud } from '@clarity/local-cloud'
import { PROJECT_ID, RAW_BUCKET, provision } from '@clarity/testkit'
import type { BenchRow } from './bench-row.ts'
import { type ColdStart, type Program, coldStart } from './coldstart/cold-start.ts'
import { bareProgram, serviceProgram } from './coldstart/programs.ts'
import { quantile } from './time-runs.ts'

const MB = 1_000_000
const ROUNDS = 9
const MOST_MB: Readonly<Record<ServiceName, number>> = { ingestion: 160, analysis: 230, insight: 160 }
const MOST_RATIO: Readonly<Record<ServiceName, number>> = { ingestion: 6, analysis: 8, insight: 6 }

/**
 * The image trees, made with the Dockerfile's commands: how large each is, and how long its service takes from the
 * start of the process to `/ready`, in turns with a bare Express server that has a compile cache as well. That one runs
 * Express as npm installs it: the trees' own is packed into one file, and starts sooner.
 */
export async function coldstart(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clarity-coldstart-'))
  try {
    const trees = Object.fromEntries(
      SERVICES.map((service) => [service, replayDockerfile(service, join(folder, service))]),
    ) as Record<ServiceName, string>
    return [
      ...SERVICES.map((service) => sizeRow(service, trees[service])),
      ...(await startRows(trees, join(folder, 'bare-cache'))),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function sizeRow(service: ServiceName, tree: string): BenchRow {
  const size = apparentBytes(tree) / MB
  const goal = `≤ ${MOST_MB[service]} MB`
  return { bench: 'coldstart', name: `${service}, tree`, size_mb: size, goal, met: size <= MOST_MB[service] }
}

function apparentBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

async function startRows(
  trees: Readonly<Record<ServiceName, string>>,
  bareCache: string,
): Promise<BenchRow[]> {
  await using cloud = await startLocalCloud({ projectId: PROJECT_ID })
  const { PUBSUB_EMULATOR_HOST: pubsub, STORAGE_EMULATOR_HOST: storage } = cloud.environment
  await provision({ projectId: PROJECT_ID, pubsub: pubsub!, storage: storage!, targets: [] })
  const surroundings = { projectId: PROJECT_ID, bucket: RAW_BUCKET, cloud: cloud.environment }
  const bare = await bareProgram(bareCache)
  const services = await Promise.all(SERVICES.map((name) => serviceProgram(name, trees[name], surroundings)))
  const [ofBare, ...ofServices] = await startInTurns([bare, ...services])
  const rows = SERVICES.map((service, which) => {
    const row = startRow(service, ofServices[which]!)
    const ratio = row.median_ms / median(ofBare!, 'readyMs')
    const goal = `≤ ${MOST_RATIO[service]} of Express`
    return { ...row, ratio, goal, met: ratio <= MOST_RATIO[service] }
  })
  return [startRow('bare Express', ofBare!), ...rows]
}

/** Each program's starts, one after the other in turns; the first of each, which may fill caches, is not counted. */
async function startInTurns(programs: readonly Program[]): Promise<ColdStart[][]> {
  const starts = programs.map((): ColdStart[] => [])
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [which, program] of programs.entries()) {
      const start = await coldStart(program)
      if (round >= 0) starts[which]!.push(start)
    }
  }
  return starts
}

function startRow(name: string, starts: readonly ColdStart[]) {
  return {
    bench: 'coldstart',
    name: `${name}, to ready`,
    runs: starts.length,
    median_ms: median(starts, 'readyMs'),
    cpu_ms: median(starts, 'cpuMs'),
  }
}

function median(starts: readonly ColdStart[], measure: keyof ColdStart): number {
  const ascending = starts.map((start) => start[measure]).sort((a, b) => a - b)
  return quantile(ascending, 0.5)
}
