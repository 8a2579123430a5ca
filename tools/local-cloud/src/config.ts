import { CLOUD_PARTS, type CloudPart, PORT_VARIABLES } from './cloud-parts.ts'
import type { LocalCloudConfig } from './local-cloud.ts'

const DEFAULT_PORTS: Readonly<Record<CloudPart, number>> = {
  admin: 4000,
  pubsub: 8085,
  firestore: 8086,
  storage: 9199,
  auth: 9099,
  vertex: 8087,
  otlp: 4318,
  metadata: 8088,
}

/** Set where an outside emulator plays a part already: then the local cloud leaves that part out. */
const OUTSIDE_EMULATORS: Partial<Record<CloudPart, string>> = {
  pubsub: 'PUBSUB_EMULATOR_HOST',
  firestore: 'FIRESTORE_EMULATOR_HOST',
  storage: 'STORAGE_EMULATOR_HOST',
  auth: 'FIREBASE_AUTH_EMULATOR_HOST',
}

/** A variable holds something it may not; the message is one line a variable. */
export class BadEnvironment extends Error {}

/** The configuration out of environment variables: ports, `GOOGLE_CLOUD_PROJECT` and `LOCAL_CLOUD_DATA`. */
export function envToConfig(env: Readonly<Record<string, string | undefined>>): LocalCloudConfig {
  const problems: string[] = []
  const portOf = (part: CloudPart): number => {
    const text = env[PORT_VARIABLES[part]]
    const port = text ? Number(text) : DEFAULT_PORTS[part]
    if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
    problems.push(`${PORT_VARIABLES[part]} must be a port number (0 to 65535), not "${text}".`)
    return 0
  }
  const ports = Object.fromEntries(CLOUD_PARTS.map((part) => [part, portOf(part)]))
  if (problems.length > 0) throw new BadEnvironment(problems.join('\n'))
  return {
    projectId: env['GOOGLE_CLOUD_PROJECT'] || 'demo-clarity',
    dataDir: env['LOCAL_CLOUD_DATA'] || '.clarity',
    ports,
    services: CLOUD_PARTS.filter((part) => !env[OUTSIDE_EMULATORS[part] ?? '']),
    pubsubHost: env['PUBSUB_EMULATOR_HOST'] || undefined,
  }
}

/** The configuration of this process; a wrong environment is said in one line a variable and exits with 1. */
export function configOfProcess(): LocalCloudConfig {
  try {
    return envToConfig(process.env)
  } catch (error) {
    if (!(error instanceof BadEnvironment)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(1)
  }
}
