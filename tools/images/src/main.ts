import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildImageTree } from './build-image-tree.ts'
import { SERVICES, isService } from './services.ts'

const workspace = join(import.meta.dirname, '../../..')
const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } })
const [service] = positionals

if (isService(service)) {
  const out = resolve(workspace, values.out ?? join('dist', service))
  await buildImageTree(service, { workspace, out })
  console.log(`${service}: ${out}`)
  // The project graph keeps handles open.
  process.exit(0)
}
console.error(`Name one service to build: ${SERVICES.join(', ')}.`)
process.exitCode = 1
