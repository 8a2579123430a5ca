import { once } from 'node:events'
import { PortTaken } from './cloud-parts.ts'
import { configOfProcess } from './config.ts'
import { startLocalCloud } from './local-cloud.ts'

const cloud = await startLocalCloud(configOfProcess()).catch((error: unknown) => {
  if (!(error instanceof PortTaken)) throw error
  process.stderr.write(`${error.message}\n`)
  return process.exit(1)
})
process.stdout.write(`${JSON.stringify({ ports: cloud.ports, environment: cloud.environment })}\n`)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await cloud[Symbol.asyncDispose]()
