import type { OutsideEmulators } from '@clarity/testkit'

/** The ports of contract order: what listens, the variable that moves it, its default. */
const CLOUD_PORTS = {
  admin: ['LOCAL_CLOUD_PORT', 4000],
  pubsub: ['PUBSUB_PORT', 8085],
  firestore: ['FIRESTORE_PORT', 8086],
  storage: ['STORAGE_PORT', 9199],
  auth: ['AUTH_PORT', 9099],
  vertex: ['VERTEX_PORT', 8087],
  otlp: ['OTLP_PORT', 4318],
  metadata: ['METADATA_PORT', 8088],
} as const

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

type Env = Readonly<Record<string, string | undefined>>
type PortTable = Readonly<Record<string, readonly [variable: string, fallback: number]>>

export interface NamedPort {
  readonly variable: string
  readonly port: number
}

export interface StartConfig {
  readonly cloudPorts: Record<keyof typeof CLOUD_PORTS, number>
  readonly servicePorts: Record<keyof typeof SERVICE_PORTS, number>
  readonly metricsPorts: Record<keyof typeof METRICS_PORTS, number>
  /** Every port that this process and its services will take. */
  readonly taken: readonly NamedPort[]
  readonly outside: OutsideEmulators
  /** The folder in which the command was given; relative paths start there. */
  readonly workingDirectory: string
}

/** The part of the local cloud that an emulator outside replaces, and where it is. */
const OUTSIDE = {
  pubsub: 'PUBSUB_EMULATOR_HOST',
  firestore: 'FIRESTORE_EMULATOR_HOST',
  storage: 'STORAGE_EMULATOR_HOST',
  auth: 'FIREBASE_AUTH_EMULATOR_HOST',
} as const

/** Reads ports and outside emulators; throws one line for a port that is none. */
export function envToStartConfig(env: Env): StartConfig {
  const outside = Object.fromEntries(
    Object.entries(OUTSIDE).flatMap(([part, name]) => (env[name] ? [[part, env[name]]] : [])),
  ) as OutsideEmulators
  const own = Object.entries(CLOUD_PORTS).filter(([part]) => !(part in outside))
  return {
    cloudPorts: ports(CLOUD_PORTS, env),
    servicePorts: ports(SERVICE_PORTS, env),
    metricsPorts: ports(METRICS_PORTS, env),
    taken: [...own, ...Object.entries(SERVICE_PORTS), ...Object.entries(METRICS_PORTS)].map(
      ([, [variable, fallback]]) => ({ variable, port: portOf(env, variable, fallback) }),
    ),
    outside,
    workingDirectory: env.INIT_CWD ?? process.cwd(),
  }
}

function ports<T extends PortTable>(table: T, env: Env): Record<keyof T, number> {
  return Object.fromEntries(
    Object.entries(table).map(([name, [variable, fallback]]) => [name, portOf(env, variable, fallback)]),
  ) as Record<keyof T, number>
}

function portOf(env: Env, variable: string, fallback: number): number {
  const port = Number(env[variable] || fallback)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`${variable}: is no port (1..65535)`)
  return port
}

export const startConfig = envToStartConfig(process.env)
