import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export const REPOSITORY = join(import.meta.dirname, '../../..')
export const INFRA = join(REPOSITORY, 'infra')
export const SERVICES = ['ingestion', 'analysis', 'insight'] as const

/** The text of a file, by its path from the root of the repository. */
export function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8')
}

/** The names of the Terraform modules. */
export function moduleNames(): string[] {
  return readdirSync(join(INFRA, 'modules')).sort()
}

/** All `.tf` files of a module as one text. */
export function readModule(name: string): string {
  const folder = join(INFRA, 'modules', name)
  const files = readdirSync(folder).filter((file) => file.endsWith('.tf'))
  return files
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
}
