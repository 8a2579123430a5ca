import { type LocalCloudConfig, envToConfig } from '@clarity/local-cloud'
import type { ServiceName } from '@clarity/testkit'

const SERVICE_PORTS = {
  ingestion: ['INGESTION_PORT', 8080],
  analysis: ['ANALYSIS_PORT', 8081],
  insight: ['INSIGHT_PORT', 8082],
} as const

const METRICS_PORTS = {
  ingestion: ['INGESTION_METRICS_PORT', 9464],
  analysis: ['ANALYSIS_METRICS_PORT', 9465],
  insight: ['INSIGHT_METRICS_PORT', 9466],
} as const

/** Where these are set, an emulator outside plays that part and the services are pointed at it. */
const OUTSIDE = [
  'PUBSUB_EMULATOR_HOST',
  'FIRESTORE_EMULATOR_HOST',
  'STORAGE_EMULATOR_HOST',
  'FIREBASE_AUTH_EMULATOR_HOST',
]

type Env = Readonly<Record<string, string | undefined>>
type PortTable = Readonly<Record<ServiceName, readonly [variable: string, fallback: number]>>

export interface NamedPort {
  readonly variable: string
  readonly port: number
}

export interface StartConfig {
  readonly cloud: LocalCloudConfig
  readonly servicePorts: Record<ServiceName, number>
  readonly metricsPorts: Record<ServiceName, number>
  /** Every port that the services will take; the local cloud checks its own. */
  readonly taken: readonly NamedPort[]
  /** The emulators outside, as the services are told of them. */
  readonly outside: Readonly<Record<string, string>>
  /** The folder in which the command was given; relative paths start there. */
  readonly workingDirectory: string
}

/** Reads ports and outside emulators; throws one line for a port that is none. */
export function envToStartConfig(env: Env): StartConfig {
  const table = [...Object.values(SERVICE_PORTS), ...Object.values(METRICS_PORTS)]
  const taken = table.map(([variable, fallback]) => ({ variable, port: portOf(env, variable, fallback) }))
  refuseSharedPort(taken)
  return {
    cloud: envToConfig(env),
    servicePorts: ports(SERVICE_PORTS, env),
    metricsPorts: ports(METRICS_PORTS, env),
    taken,
    outside: Object.fromEntries(OUTSIDE.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    workingDirectory: env.INIT_CWD ?? process.cwd(),
  }
}

/** Of two services on one port one would answer for both. */
function refuseSharedPort(named: readonly NamedPort[]): void {
  for (const { variable, port } of named) {
    const other = named.find((one) => one.port === port && one.variable !== variable)
    if (other)
      throw new Error(`Port ${port} is given twice; set ${variable} or ${other.variable} to another one.`)
  }
}

function ports(table: PortTable, env: Env): Record<ServiceName, number> {
  return Object.fromEntries(
    Object.entries(table).map(([name, [variable, fallback]]) => [name, portOf(env, variable, fallback)]),
  ) as Record<ServiceName, number>
}

function portOf(env: Env, variable: string, fallback: number): number {
  const port = Number(env[variable] || fallback)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`${variable}: is no port (1..65535)`)
  return port
}

/** The configuration of this process. */
export function configOfProcess(): StartConfig {
  return envToStartConfig(process.env)
}
