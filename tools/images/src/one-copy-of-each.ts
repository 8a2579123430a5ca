import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Plugin } from 'esbuild'

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>
}

const INSTALLED = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/
const RESOLVED = Symbol('resolved')

/**
 * Packages that are installed several times in the same version, below each of those that need it, are taken from the
 * first place that the workspace's lockfile names: what is the same is loaded once.
 */
export function oneCopyOfEach(workspace: string): Plugin {
  return {
    name: 'one-copy-of-each',
    setup: async ({ onResolve, resolve }) => {
      const lock = JSON.parse(await readFile(join(workspace, 'package-lock.json'), 'utf8')) as Lock
      const firstOf = firstCopies(lock)
      onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        // What an ES module imports depends on its own package.json, which a path that a plugin gives has lost.
        if (kind !== 'require-call' || pluginData === RESOLVED) return undefined
        const found = await resolve(path, { kind, importer, resolveDir, pluginData: RESOLVED })
        const inside = relative(workspace, found.path)
        const folder = INSTALLED.exec(inside)?.[0] ?? ''
        const first = firstOf.get(folder)
        return first === undefined ? undefined : { path: join(workspace, first, inside.slice(folder.length)) }
      })
    },
  }
}

/** By the folder of each package that is installed elsewhere, in the same version, before. */
function firstCopies({ packages }: Lock): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  const copies = new Map<string, string>()
  for (const [folder, { version }] of Object.entries(packages)) {
    const name = folder.slice(folder.lastIndexOf('node_modules/'))
    const id = `${name}@${version}`
    const before = first.get(id)
    if (before === undefined) first.set(id, folder)
    else copies.set(folder, before)
  }
  return copies
}
