import { setTimeout as delay } from 'node:timers/promises'
import { TOPICS } from '@clarity/contracts'
import type { ServiceName, System } from '@clarity/testkit'
import type { ApiClient, Outcome, UploadBody } from '../src/api-client.ts'
import { nothingWaits } from './end-state.ts'
import { type CloudCall, type StalledCall, stallCall } from './stalled-call.ts'

export interface Visit {
  readonly system: System
  readonly person: ApiClient
  readonly body: UploadBody
}

export const PATIENCE_MS = 90_000

/** The subscriptions that bring the private services their work. */
const PUSHES = {
  analysis: `${TOPICS.healthDataProcessing}-push`,
  insight: `${TOPICS.mlPredictions}-push`,
}
export type PushedService = keyof typeof PUSHES

/** Keeps messages from a service until they are let go. */
export function holdPushes(system: System, to: PushedService): Promise<StalledCall> {
  return stallCall(system, { service: 'push', method: PUSHES[to] })
}

export interface StalledUpload {
  readonly uploadId: string
  readonly stalled: StalledCall
  /** Lets the services after it begin. */
  go(): Promise<void>
}

/** Uploads and brings a private service to a call of its own; the services before it have done all of theirs. */
export async function stallPushed(
  { system, person, body }: Visit,
  name: PushedService,
  call: CloudCall,
): Promise<StalledUpload> {
  const push = await holdPushes(system, name)
  const next = name === 'analysis' ? await holdPushes(system, 'insight') : undefined
  const { upload_id: uploadId } = await person.upload(body)
  const stalled = await stallBehind(system, { name, push, call, refused: false })
  return { uploadId, stalled, go: async () => next?.letGo() }
}

/** At which call each service is killed, where it is. */
export interface Kills {
  readonly ingestion?: CloudCall | undefined
  readonly analysis?: CloudCall | undefined
  readonly insight?: CloudCall | undefined
}

/**
 * An upload's way when services are killed at calls of theirs, which then are never carried out; the client of a
 * killed ingestion comes again. Each service begins when those before it are done.
 */
export async function killAt(visit: Visit, kills: Kills): Promise<Outcome> {
  const { system, person } = visit
  const pushes = {
    analysis: await holdPushes(system, 'analysis'),
    insight: await holdPushes(system, 'insight'),
  }
  const uploadId = await uploadThrough(visit, kills.ingestion)
  await killPushed(system, { name: 'analysis', push: pushes.analysis, call: kills.analysis })
  await killPushed(system, { name: 'insight', push: pushes.insight, call: kills.insight })
  return person.follow(uploadId, AbortSignal.timeout(PATIENCE_MS))
}

async function uploadThrough({ system, person, body }: Visit, call: CloudCall | undefined): Promise<string> {
  if (call) {
    const stalled = await stallCall(system, call, { refused: true })
    const broken = expect(person.upload(body)).rejects.toThrow('fetch failed')
    await stalled.reached()
    await killAndRestart(system, 'ingestion', stalled)
    await broken
  }
  const { upload_id: uploadId } = await person.upload(body)
  return uploadId
}

interface PushedKill {
  readonly name: PushedService
  readonly push: StalledCall
  readonly call: CloudCall | undefined
}

async function killPushed(system: System, { name, push, call }: PushedKill): Promise<void> {
  if (!call) {
    await push.reached()
    return push.letGo()
  }
  const stalled = await stallBehind(system, { name, push, call, refused: true })
  await killAndRestart(system, name, stalled)
}

/** Lets a held push go and brings the service to a call of its own; those before it have done theirs. */
async function stallBehind(
  system: System,
  { name, push, call, refused }: PushedKill & { readonly call: CloudCall; readonly refused: boolean },
): Promise<StalledCall> {
  await push.reached()
  if (name === 'insight') await nothingWaits(system, PUSHES.analysis)
  const stalled = await stallCall(system, call, { refused })
  await push.letGo()
  await stalled.reached()
  return stalled
}

/**
 * The upload's way when a private service is killed after its last call was carried out, before it answers the push.
 * A stopped process keeps its connections: the call is carried out, and nothing in the service learns of it.
 */
export async function killBeforeAnswer(visit: Visit, name: PushedService, last: CloudCall): Promise<Outcome> {
  const { system, person } = visit
  const { uploadId, stalled, go } = await stallPushed(visit, name, last)
  const service = system.services[name]
  void service.kill('SIGSTOP')
  await stalled.letGo()
  await go()
  const outcome = await person.follow(uploadId, AbortSignal.timeout(PATIENCE_MS))
  await service.kill('SIGKILL')
  await service.restart()
  return outcome
}

async function killAndRestart({ services }: System, name: ServiceName, stalled: StalledCall): Promise<void> {
  await services[name].kill('SIGKILL')
  await stalled.letGo()
  await services[name].restart()
}

/** Asks a service to stop while its call waits, lets the call go, and starts it anew; the exit code of the first run. */
export async function stop(
  { services }: System,
  name: ServiceName,
  stalled: StalledCall,
): Promise<number | null> {
  const ended = services[name].kill('SIGTERM')
  await refusesConnections(services[name].url)
  await stalled.letGo()
  const exitCode = await ended
  await services[name].restart()
  return exitCode
}

async function refusesConnections(url: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const answers = () =>
    fetch(`${url}/health`, { signal: AbortSignal.timeout(1000) }).then(
      (answer) => answer.text().then(() => true),
      () => false,
    )
  while (await answers()) await delay(20, undefined, { signal })
}
