import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type System, startSystem } from '@clarity/testkit'
import { signIn } from './api-client.ts'
import type { StartArguments } from './arguments.ts'
import type { StartConfig } from './config.ts'
import { DEMO_USER } from './demo-user.ts'
import { insightReport, nextSteps } from './report.ts'
import { findTakenPort } from './taken-port.ts'
import { demoBody, fileBody } from './upload-file.ts'

const INSIGHT_TIMEOUT_MS = 120_000
/** Starts everything, shows one upload's way to its insight, and stays up unless told otherwise; answers the exit code. */
export async function run(options: StartArguments, config: StartConfig): Promise<number> {
  const body = options.upload
    ? fileBody(resolve(config.workingDirectory, options.upload), options.timezone)
    : undefined
  const taken = await findTakenPort(config.taken)
  if (taken) throw new Error(`Port ${taken.port} is taken; set ${taken.variable} to another one.`)

  const stopped = signalled()
  await using data = dataFolder(options, config)
  await using system = await startSystem({
    cloud: { ...config.cloud, dataDir: data.path },
    logDirectory: join(data.path, 'logs'),
    servicePorts: config.servicePorts,
    metricsPorts: config.metricsPorts,
    environment: config.outside,
  })
  const over = Promise.race([stopped, deathOf(system, data.path)])
  if (!options.demo) {
    console.log(`Ready: ${system.services.ingestion.url}/api/v1 (admin ${system.adminUrl}). Ctrl-C stops it.`)
    await over
    return 0
  }
  const upload = body ?? demoBody(options.timezone, Date.now())
  console.log(
    `Uploading ${options.upload ?? 'a synthetic fortnight'} (samples without a zone: ${options.timezone}).`,
  )
  const arrived = await Promise.race([showInsight(system, upload), over])
  if (arrived === 'stopped') return 0
  if (options.once) return arrived === 'insight' ? 0 : 1
  console.log(`logs       ${data.path}/logs\n\nCtrl-C stops everything.`)
  await over
  return 0
}

/** Rejects when a service ends by itself: without it nothing arrives any more. */
async function deathOf(system: System, dataPath: string): Promise<never> {
  const name = await system.died
  throw new Error(`${name} ended by itself; its last lines are in ${join(dataPath, 'logs', `${name}.log`)}`)
}

async function showInsight(
  system: System,
  upload: Parameters<Awaited<ReturnType<typeof signIn>>['upload']>[0],
): Promise<'insight' | 'nothing'> {
  const url = system.services.ingestion.url
  const client = await signIn(url, DEMO_USER)
  const { upload_id: uploadId } = await client.upload(upload)
  const signal = AbortSignal.timeout(INSIGHT_TIMEOUT_MS)
  const outcome = await client.follow(uploadId, signal).catch((error: unknown) => {
    throw signal.aborted ? new Error(`no insight came within ${INSIGHT_TIMEOUT_MS / 1000} s`) : error
  })
  console.log(insightReport(outcome))
  const session = { token: client.token, traceId: outcome.processing.trace_id }
  console.log(nextSteps({ ingestion: url, admin: system.adminUrl }, DEMO_USER, session))
  return outcome.insight ? 'insight' : 'nothing'
}

function signalled(): Promise<'stopped'> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => done('stopped'))
  })
}

/** The folder of the local cloud's state; a temporary one is removed at the end. */
function dataFolder({ once, dataDir, fresh }: StartArguments, { workingDirectory }: StartConfig) {
  if (once && dataDir === undefined) {
    const path = mkdtempSync(join(tmpdir(), 'clarity-'))
    return { path, [Symbol.asyncDispose]: async () => rmSync(path, { recursive: true, force: true }) }
  }
  const path = resolve(workingDirectory, dataDir ?? '.clarity')
  if (fresh) rmSync(path, { recursive: true, force: true })
  return { path, [Symbol.asyncDispose]: async () => undefined }
}
