import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

/**
 * Has `fill` write (and prove) files in a scratch folder beside `folder`, on the same file system, and only then
 * renames them over those of `folder`; whatever else lies there stays. Where `fill` fails, `folder` is as it was,
 * absent or not, and nothing is left behind.
 */
export async function installFiles<T>(folder: string, fill: (scratch: string) => Promise<T>): Promise<T> {
  const target = resolve(folder)
  await mkdir(dirname(target), { recursive: true })
  const scratch = await mkdtemp(join(dirname(target), `.${basename(target)}-`))
  try {
    const result = await fill(scratch)
    await mkdir(target, { recursive: true })
    for (const name of await readdir(scratch)) await rename(join(scratch, name), join(target, name))
    return result
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
