import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createProjectGraphAsync } from '@nx/devkit'
import { createLockFile } from '@nx/js'
import type { ServiceName } from './services.ts'

export interface PrunedPackages {
  /** `package.json` with the packages at exactly the versions of the workspace. */
  readonly manifest: string
  /** `package-lock.json` with what they need and nothing else. */
  readonly lock: string
}

interface WorkspaceLock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>
}

/** What `npm ci` needs to install the packages that a service's bundle imports, cut out of the workspace's lockfile. */
export async function prunedPackages(
  service: ServiceName,
  { workspace, packages }: { workspace: string; packages: readonly string[] },
): Promise<PrunedPackages> {
  const lock = JSON.parse(await readFile(join(workspace, 'package-lock.json'), 'utf8')) as WorkspaceLock
  const dependencies = Object.fromEntries(
    packages.map((name) => [name, lock.packages[`node_modules/${name}`]?.version ?? missing(name)]),
  )
  const manifest = {
    name: `@clarity/${service}`,
    version: '0.1.0',
    private: true,
    type: 'module' as const,
    dependencies,
  }
  return {
    manifest: `${JSON.stringify(manifest, null, 2)}\n`,
    lock: createLockFile(manifest, await createProjectGraphAsync(), 'npm'),
  }
}

function missing(name: string): never {
  throw new Error(`package-lock.json has no ${name}`)
}
