import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { INFRA, REPOSITORY } from '../repository.ts'

/** Answers and failures of the commands that a delivery calls; every pattern is a bash glob over the whole call. */
export interface World {
  /** Call → what it writes; the first that matches. */
  readonly answers?: readonly (readonly [call: string, output: string])[]
  /** A call that fails. */
  readonly failing?: string
  /** A call during which the delivery is cancelled. */
  readonly cancelled?: string
}

export interface DeliveryRun extends Disposable {
  /** Runs one script; answers its exit status. */
  step(name: string, world?: World): number
  /** What was called since the last look, in order, without what is the same in every call. */
  calls(): string[]
  /** What one step leaves for the next. */
  handed(name: string): string
  hand(name: string, text: string): void
}

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
export const RELEASE = 'g0123456789ab-feedbeef'
const COMMANDS = ['gcloud', 'git', 'npx', 'sleep']

/** A delivery whose commands are stand-ins that note how they are called. */
export function startDelivery(): DeliveryRun {
  const folder = mkdtempSync(join(tmpdir(), 'clarity-delivery-'))
  const bin = join(folder, 'bin')
  const noted = join(folder, 'calls')
  mkdirSync(bin)
  return {
    step(name, world = {}) {
      for (const command of COMMANDS) {
        writeFileSync(join(bin, command), standIn(command, { world, noted }))
        chmodSync(join(bin, command), 0o755)
      }
      const env = {
        PATH: [bin, process.env.PATH].join(delimiter),
        PROJECT_ID: 'clarity-test',
        PROJECT_NUMBER: '42',
        REGION: 'us-central1',
        COMMIT,
        BUILD_ID: 'feedbeef-0000',
        DELIVERY_DIR: folder,
        WATCH_SECONDS: '0',
        MAX_ERRORS: '2',
      }
      const script = join(INFRA, 'delivery', `${name}.sh`)
      return spawnSync(script, { cwd: REPOSITORY, env, timeout: 60_000 }).status ?? -1
    },
    calls() {
      const text = existsSync(noted) ? readFileSync(noted, 'utf8') : ''
      rmSync(noted, { force: true })
      return text.split('\n').filter(Boolean)
    },
    handed: (name) => readFileSync(join(folder, name), 'utf8'),
    hand: (name, text) => writeFileSync(join(folder, name), text),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function standIn(command: string, { world, noted }: { world: World; noted: string }): string {
  const cases = [
    ...(world.failing === undefined ? [] : [`${pattern(world.failing)}) exit 1 ;;`]),
    ...(world.cancelled === undefined ? [] : [`${pattern(world.cancelled)}) kill -TERM "$PPID" ;;`]),
    ...(world.answers ?? []).map(([call, output]) => `${pattern(call)}) printf '%s' ${quoted(output)} ;;`),
  ]
  const same = ' --project=clarity-test| --region=us-central1| --quiet'
  return [
    '#!/usr/bin/env bash',
    `call=$(sed -E 's/${same}//g' <<< "${command} $*" | tr '\\n' ' ' | sed 's/ $//')`,
    `echo "$call" >> ${quoted(noted)}`,
    'case $call in',
    ...cases,
    '*) true ;;',
    'esac',
    '',
  ].join('\n')
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** A glob whose stars alone mean something. */
const pattern = (glob: string): string => glob.split('*').map(quoted).join('*')
