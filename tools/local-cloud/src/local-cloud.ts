import { join, resolve } from 'node:path'
import { type AdminParts, startAdmin } from './admin/server.ts'
import { startAuth } from './auth/server.ts'
import { cloudEnvironment } from './cloud-environment.ts'
import { checkPort, CLOUD_PARTS, type CloudPart } from './cloud-parts.ts'
import type { EmulatedService, ServiceContext } from './emulated-service.ts'
import { startFirestore } from './firestore/server.ts'
import { startMetadataServer } from './metadata/server.ts'
import { startOtlp } from './otlp/server.ts'
import { serveTopicsFrom } from './pubsub/outside-topics.ts'
import { type PushRelay, type RelayTarget, startPushRelay } from './pubsub/push-relay.ts'
import { startPubSub } from './pubsub/server.ts'
import { createServiceContext } from './service-context.ts'
import { startStorage } from './storage/server.ts'
import { startVertex } from './vertex/server.ts'

export interface LocalCloudConfig {
  readonly projectId: string
  /** Where state is kept; absent = in memory, gone with the process. */
  readonly dataDir?: string | undefined
  /** The port of each part; 0 or absent = any free one. */
  readonly ports?: Partial<Record<CloudPart, number>> | undefined
  /** The parts to start; absent = all. What is left out is played by an outside emulator, or by nobody. */
  readonly services?: readonly CloudPart[] | undefined
  /** `host:port` of an outside Pub/Sub, which the notifications of Cloud Storage then go to. */
  readonly pubsubHost?: string | undefined
}

/** A running local cloud. Disposing stops every part; what was acknowledged stays in `dataDir`. */
export interface LocalCloud extends AsyncDisposable {
  /** The port of each started part; 0 for a part that was left out. */
  readonly ports: Readonly<Record<CloudPart, number>>
  readonly projectId: string
  /** The certificate (PEM file) that Vertex AI presents. */
  readonly certificateFile?: string | undefined
  /** The environment variables with which a service finds this cloud (`PUBSUB_EMULATOR_HOST` and so on). */
  readonly environment: Readonly<Record<string, string>>
  /**
   * The endpoint to give to a push subscription. It is the target's own URL where this cloud's Pub/Sub delivers;
   * an outside emulator signs nothing, so its pushes go through a relay that signs them.
   */
  pushEndpoint(target: RelayTarget): string
}

/**
 * Starts the local cloud: one process that speaks the protocols of Google Cloud which the services use.
 *
 * Fails with `PortTaken` where a port is taken; parts that started before are stopped then.
 */
export async function startLocalCloud(config: LocalCloudConfig): Promise<LocalCloud> {
  await using starting = new AsyncDisposableStack()
  const dataDir = config.dataDir && resolve(config.dataDir)
  const context = createServiceContext({ projectId: config.projectId, dataDir })
  starting.defer(() => context.database.close())
  const parts = await startParts(context, { config, dataDir, stack: starting })
  const choice = await choosePort(config, 'admin')
  const admin = choice && starting.use(await startAdmin(adminParts(context, parts), choice))
  const started: Partial<Record<CloudPart, { port: number } | undefined>> = { ...parts, admin }
  const ports = Object.fromEntries(CLOUD_PARTS.map((part) => [part, started[part]?.port ?? 0])) as Record<
    CloudPart,
    number
  >
  const certificateFile = parts.vertex?.certificateFile
  const relay: PushRelay | undefined = parts.pubsub ? undefined : starting.use(await startPushRelay(context))
  if (!parts.pubsub && config.pubsubHost) starting.use(serveTopicsFrom(config.pubsubHost, context.topics))
  const running = starting.move()
  return {
    ports,
    projectId: config.projectId,
    certificateFile,
    environment: cloudEnvironment({ projectId: config.projectId, ports, certificateFile }),
    pushEndpoint: (target) => relay?.endpointFor(target) ?? target.url,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

type StartedParts = Awaited<ReturnType<typeof startParts>>

async function startParts(
  context: ServiceContext,
  options: { config: LocalCloudConfig; dataDir: string | undefined; stack: AsyncDisposableStack },
) {
  const { config, dataDir, stack } = options
  const start = async <Service extends EmulatedService>(
    part: CloudPart,
    startPart: (context: ServiceContext, options: { port: number }) => Promise<Service>,
  ): Promise<Service | undefined> => {
    const choice = await choosePort(config, part)
    return choice && stack.use(await startPart(context, choice))
  }
  const certificateFile = dataDir && join(dataDir, 'vertex.pem')
  return {
    storage: await start('storage', startStorage),
    auth: await start('auth', startAuth),
    firestore: await start('firestore', startFirestore),
    otlp: await start('otlp', startOtlp),
    metadata: await start('metadata', startMetadataServer),
    vertex: await start('vertex', (shared, { port }) => startVertex(shared, { port, certificateFile })),
    // Last, because it delivers what waits as soon as it runs.
    pubsub: await start('pubsub', startPubSub),
  }
}

/** The port to listen on, or undefined where the part is left out. */
async function choosePort(config: LocalCloudConfig, part: CloudPart): Promise<{ port: number } | undefined> {
  if (config.services && !config.services.includes(part)) return undefined
  const port = config.ports?.[part] ?? 0
  await checkPort(part, port)
  return { port }
}

function adminParts(context: ServiceContext, parts: StartedParts): AdminParts {
  return {
    context,
    telemetry: parts.otlp?.telemetry,
    state: () => ({
      topics: parts.pubsub?.topics() ?? null,
      collections: parts.firestore?.collections() ?? null,
      buckets: parts.storage?.buckets() ?? null,
      users: parts.auth?.users() ?? null,
    }),
    reset: () => {
      for (const part of Object.values(parts)) part?.reset()
    },
  }
}
