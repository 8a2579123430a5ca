import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { packHookedPackages } from './hooked-packages.ts'

/** Platforms other than that of the images. */
const FOREIGN_RUNTIME = /onnxruntime-node\/bin\/[\w-]+\/(?!linux\/x64)\w+\/\w+$/
/** What no running program reads. */
const UNREAD = /(\.map|\.d\.ts|\.d\.mts|\.d\.cts|\.md|\.markdown|\.flow)$/i

/**
 * Packs the hooked packages of an installed image tree, and deletes what its platform never loads: other platforms'
 * runtimes, types, source maps, manuals.
 */
async function slim(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules')
  await packHookedPackages(modules)
  for (const entry of await readdir(modules, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const isDropped = entry.isDirectory() ? FOREIGN_RUNTIME.test(path) : UNREAD.test(entry.name)
    if (isDropped) await rm(path, { recursive: true, force: true })
  }
}

await slim(resolve(process.argv[2] ?? '.'))
