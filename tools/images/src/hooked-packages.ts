import { rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { compileModulesEagerly } from './eager-modules.ts'

/** Packages that tracing hooks as they are required, by their names: they cannot be part of a bundle. */
export const HOOKED_PACKAGES = ['@grpc/grpc-js', 'express', 'pino']

/**
 * Writes each hooked package below `modules` as one file with all that it loads, in the place of its main file, and
 * deletes what that was made from: finding a hundred files of a few lines takes longer than running them.
 */
export async function packHookedPackages(modules: string): Promise<void> {
  const { resolve } = createRequire(join(modules, 'any.js'))
  const mains = HOOKED_PACKAGES.map((name) => resolve(name))
  const packed = new Set<string>()
  for (const main of mains) for (const path of await pack(main)) packed.add(path)
  for (const main of mains) packed.delete(main)
  for (const path of packed) if (!path.endsWith('.json')) await rm(path)
}

/** Answers the files that went into it. */
async function pack(main: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: '/',
    entryPoints: [main],
    outfile: main,
    allowOverwrite: true,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    // What grpc-js would describe itself with, were it a server.
    external: ['@grpc/proto-loader'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'external',
    metafile: true,
    logLevel: 'warning',
  })
  await compileModulesEagerly(main)
  return Object.keys(metafile.inputs).map((path) => join('/', path))
}
