import { join } from 'node:path'
import { startCommand } from '@clarity/images'
import { freePort } from '@clarity/local-cloud'
import { type ServiceName, type ServiceSurroundings, serviceEnvironment } from '@clarity/testkit'
import type { Program } from './cold-start.ts'

const BARE = join(import.meta.dirname, 'bare-express.mjs')

/** A service's image tree, started as its image starts it. */
export async function serviceProgram(
  name: ServiceName,
  tree: string,
  surroundings: Pick<ServiceSurroundings, 'projectId' | 'bucket' | 'cloud'>,
): Promise<Program> {
  const [port, metrics] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const urls = { ingestion: url, analysis: url, insight: url }
  const { command, environment } = startCommand(tree)
  return {
    name,
    port,
    command,
    environment: {
      ...serviceEnvironment(name, { ...surroundings, urls, http: port, metrics }),
      ...environment,
    },
  }
}

/** A bare Express server, Express as npm installs it, with a compile cache of its own in a folder. */
export async function bareProgram(cache: string): Promise<Program> {
  const port = await freePort()
  return {
    name: 'bare Express',
    port,
    command: [BARE, String(port)],
    environment: { NODE_COMPILE_CACHE: cache },
  }
}
