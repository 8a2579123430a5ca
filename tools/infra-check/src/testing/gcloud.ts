import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A command of gcloud or a group of them, as its completion knows it: names of what is below, and of its flags. */
export interface GcloudCommand {
  readonly commands: Readonly<Record<string, GcloudCommand>>
  readonly flags: Readonly<Record<string, unknown>>
}

/** All commands of the gcloud that is installed; undefined where there is none. */
export function installedGcloud(): GcloudCommand | undefined {
  const program = spawnSync('which', ['gcloud'], { encoding: 'utf8' }).stdout.trim()
  if (!program) return undefined
  const completion = join(dirname(realpathSync(program)), '../data/cli/gcloud_completions.py')
  if (!existsSync(completion)) return undefined
  const text = readFileSync(completion, 'utf8')
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as GcloudCommand
}

/** What a command line asks for that gcloud does not have: a command, or flags. */
export function gcloudFaults(line: string, gcloud: GcloudCommand): string[] {
  const words = line.split(/\s+/).slice(1)
  let command = gcloud
  const flags = new Set(Object.keys(gcloud.flags))
  for (const word of words) {
    const below = command.commands[word]
    if (below === undefined) break
    command = below
    for (const flag of Object.keys(below.flags)) flags.add(flag)
  }
  if (Object.keys(command.commands).length > 0) return [`no such command: ${line}`]
  const asked = [...line.matchAll(/(?<=\s)--[a-z-]+/g)].map(([flag]) => flag)
  return asked.filter((flag) => !flags.has(flag)).map((flag) => `no ${flag}: ${line}`)
}
