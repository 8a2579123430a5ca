import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Instruction, stagesOf } from './dockerfile.ts'

const dockerfile = join(import.meta.dirname, '../../../Dockerfile')

/** What an image runs, for a tree that stands in another folder. */
export interface StartCommand {
  /** Arguments for Node: flags, preload, file. */
  readonly command: readonly string[]
  /** What the image adds to the environment. */
  readonly environment: Readonly<Record<string, string>>
}

/** How the image of a service's tree starts it: the Dockerfile's own `CMD` and `ENV`. */
export function startCommand(tree: string, text = readFileSync(dockerfile, 'utf8')): StartCommand {
  const instructions = stagesOf(text.replaceAll(/(?<![\w.])\/app\b/g, tree)).at(-1)?.instructions ?? []
  const said = (keyword: string): Instruction[] =>
    instructions.filter((instruction) => instruction.keyword === keyword)
  return {
    command: JSON.parse(said('CMD').at(-1)?.text ?? '[]') as string[],
    environment: Object.fromEntries(said('ENV').map(({ text }) => text.split('=') as [string, string])),
  }
}
