import { TOPICS } from '@clarity/contracts'
import { type LocalCloud, type LocalCloudConfig, freePort, startLocalCloud } from '@clarity/local-cloud'
import { type PushTarget, RAW_BUCKET, provision } from './provision.ts'
import {
  type ServiceName,
  type ServiceProcess,
  type ServiceProgram,
  startServiceProcess,
} from './service-process.ts'
import { pushAccount, serviceEnvironment } from './service-environment.ts'

export const PROJECT_ID = 'demo-clarity'
const SERVICES: readonly ServiceName[] = ['ingestion', 'analysis', 'insight']

export interface SystemOptions {
  /** Where the local cloud keeps its state, on which ports it listens, and which parts emulators outside play. */
  readonly cloud?: Omit<LocalCloudConfig, 'projectId'>
  readonly logDirectory?: string | undefined
  /** Ports by name; absent = free ones. */
  readonly servicePorts?: Partial<Record<ServiceName, number>>
  readonly metricsPorts?: Partial<Record<ServiceName, number>>
  /** Added to each service's environment, e.g. `FIRESTORE_EMULATOR_HOST` of an emulator outside. */
  readonly environment?: Readonly<Record<string, string>>
  /** Builds to run instead of the sources. */
  readonly programs?: Partial<Record<ServiceName, ServiceProgram>>
}

/** The local cloud and the three services, each service a process of its own. */
export interface System extends AsyncDisposable {
  readonly cloud: LocalCloud
  readonly services: Readonly<Record<ServiceName, ServiceProcess>>
  /** Resolves with the name of the first service that ended though nobody here asked it to. */
  readonly died: Promise<ServiceName>
  /** Base URL of the admin API of the local cloud. */
  readonly adminUrl: string
}

/** Starts the whole system and resolves when every service is ready. */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const pubsubHost = options.environment?.['PUBSUB_EMULATOR_HOST']
  const cloud = await startLocalCloud({
    ...options.cloud,
    projectId: PROJECT_ID,
    ...(pubsubHost !== undefined && { pubsubHost }),
  })
  const started: AsyncDisposable[] = [cloud]
  try {
    const ports = await portsFor(options)
    const environment = { ...cloud.environment, ...options.environment }
    await provision({
      projectId: PROJECT_ID,
      pubsub: environment.PUBSUB_EMULATOR_HOST!,
      storage: environment.STORAGE_EMULATOR_HOST!,
      targets: pushTargets(ports, cloud),
      ordered: cloud.ports.pubsub > 0,
    })
    const services = Object.fromEntries(
      SERVICES.map((name) => [name, startService(name, { options, cloud, ports })]),
    ) as Record<ServiceName, ServiceProcess>
    started.push(...Object.values(services))
    await Promise.all(Object.values(services).map((service) => service.ready()))
    const adminUrl = `http://127.0.0.1:${cloud.ports.admin}`
    const died = Promise.race(Object.values(services).map(({ name, died }) => died.then(() => name)))
    return { cloud, services, died, adminUrl, [Symbol.asyncDispose]: () => stop(started) }
  } catch (error) {
    await stop(started)
    throw error
  }
}

type Ports = Readonly<Record<ServiceName, { readonly http: number; readonly metrics: number }>>

interface StartParts {
  readonly options: SystemOptions
  readonly cloud: LocalCloud
  readonly ports: Ports
}

function startService(name: ServiceName, { options, cloud, ports }: StartParts): ServiceProcess {
  const { http, metrics } = ports[name]
  const environment = serviceEnvironment(name, {
    urls: {
      ingestion: serviceUrlOf(ports, 'ingestion'),
      analysis: serviceUrlOf(ports, 'analysis'),
      insight: serviceUrlOf(ports, 'insight'),
    },
    http,
    metrics,
    projectId: PROJECT_ID,
    bucket: RAW_BUCKET,
    cloud: cloud.environment,
  })
  return startServiceProcess({
    name,
    url: serviceUrlOf(ports, name),
    environment: { ...environment, ...options.environment },
    logDirectory: options.logDirectory,
    program: options.programs?.[name],
  })
}

function serviceUrlOf(ports: Ports, name: ServiceName): string {
  return `http://127.0.0.1:${ports[name].http}`
}

function pushTargets(ports: Ports, cloud: LocalCloud): PushTarget[] {
  const target = (topic: PushTarget['topic'], name: ServiceName): PushTarget => {
    const serviceUrl = serviceUrlOf(ports, name)
    const serviceAccount = pushAccount(name, PROJECT_ID)
    const url = `${serviceUrl}/push/${topic}`
    return {
      topic,
      serviceUrl,
      serviceAccount,
      endpoint: cloud.pushEndpoint({ url, audience: serviceUrl, serviceAccount }),
    }
  }
  return [
    target(TOPICS.rawUploadFinalized, 'ingestion'),
    target(TOPICS.healthDataProcessing, 'analysis'),
    target(TOPICS.mlPredictions, 'insight'),
  ]
}

async function portsFor({ servicePorts, metricsPorts }: SystemOptions): Promise<Ports> {
  const entries = await Promise.all(
    SERVICES.map(async (name) => [
      name,
      {
        http: servicePorts?.[name] ?? (await freePort()),
        metrics: metricsPorts?.[name] ?? (await freePort()),
      },
    ]),
  )
  return Object.fromEntries(entries) as Ports
}

async function stop(parts: AsyncDisposable[]): Promise<void> {
  const [cloud, ...services] = parts
  await Promise.all(services.map((service) => service[Symbol.asyncDispose]()))
  await cloud?.[Symbol.asyncDispose]()
}
