import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleService } from './bundle-service.ts'
import { prunedPackages } from './pruned-packages.ts'
import type { ServiceName } from './services.ts'

/** Models that go into an image; the service checks their digests against the manifest when it loads them. */
const MODELS: Readonly<Record<ServiceName, readonly string[]>> = {
  ingestion: [],
  analysis: ['pat-s'],
  insight: [],
}
/** Writes everything of a service's image but its installed packages into an empty folder. */
export async function buildImageTree(
  service: ServiceName,
  { workspace, out }: { workspace: string; out: string },
): Promise<void> {
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  const { packages } = await bundleService(service, { workspace, out })
  const { manifest, lock } = await prunedPackages(service, { workspace, packages })
  await writeFile(join(out, 'package.json'), manifest)
  await writeFile(join(out, 'package-lock.json'), lock)
  await cp(join(workspace, '.npmrc'), join(out, '.npmrc'))
  for (const model of MODELS[service])
    await copyModel(join(workspace, 'models', model), join(out, 'models', model))
}

/** A model's folder without what it was made from. */
function copyModel(from: string, to: string): Promise<void> {
  return cp(from, to, { recursive: true, filter: (path) => !/(\.h5|[/\\]train|origin\.json)$/.test(path) })
}
