import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { invalid } from '@clarity/failure'
import type { PatManifest } from '@clarity/pat-model'
import { type DownloadLimits, download } from './download.ts'
import { importModel } from './import-model.ts'
import type { PublishedModel } from './published-models.ts'

export interface FetchOptions extends DownloadLimits {
  readonly model: PublishedModel
  readonly name: string
  /** The model folder to be; an older one is replaced only after the new one has been proved. */
  readonly outDir: string
  /** Where known beforehand: the sha256 that the download must have. */
  readonly sha256?: string
}

/**
 * Downloads, imports and installs a published model. The folder appears at once or not at all.
 * Fails as `download` and `importModel` do, and `invalid` where the bytes have another sha256 than demanded.
 */
export async function fetchModel(options: FetchOptions): Promise<{ manifest: PatManifest; sha256: string }> {
  const { model, name, outDir } = options
  const bytes = await download(model.url, options)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (options.sha256 !== undefined && options.sha256 !== sha256) {
    throw invalid(`The download has sha256 ${sha256}, not the one demanded.`)
  }
  await mkdir(dirname(outDir), { recursive: true })
  const scratch = await mkdtemp(join(dirname(outDir), '.fetch-'))
  try {
    const file = join(scratch, model.file)
    await writeFile(file, bytes)
    const imported = join(scratch, 'model')
    const manifest = await importModel({ file, outDir: imported, name, origin: model.origin })
    await rm(outDir, { recursive: true, force: true })
    await rename(imported, outDir)
    return { manifest, sha256 }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
