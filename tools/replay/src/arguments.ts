import { parseArgs } from 'node:util'
import { TOPICS, type Topic } from '@clarity/contracts'

export interface ReplayArguments {
  readonly topic: Topic
  readonly dryRun: boolean
  /** How many messages are looked at, at most. */
  readonly limit: number
}

const SUFFIX = '-dead-letter'
const DEFAULT_LIMIT = '1000'

export const USAGE = [
  'npm run replay -- SUBSCRIPTION [--dry-run] [--limit N]',
  '',
  `SUBSCRIPTION  ${Object.values(TOPICS)
    .map((topic) => topic + SUFFIX)
    .join(', ')}`,
  '--dry-run     say what lies there and leave it',
  `--limit N     look at N messages at most (${DEFAULT_LIMIT})`,
].join('\n')

/** What the command line asks for; undefined where it asks for nothing that can be done. */
export function readArguments(args: readonly string[]): ReplayArguments | undefined {
  const { values, positionals } = parsed(args)
  const topic = Object.values(TOPICS).find((name) => name + SUFFIX === positionals[0])
  const limit = Number(values.limit)
  if (topic === undefined || positionals.length !== 1 || !Number.isInteger(limit) || limit < 1)
    return undefined
  return { topic, limit, dryRun: values['dry-run'] === true }
}

interface Parsed {
  readonly values: { readonly 'dry-run'?: boolean; readonly limit?: string }
  readonly positionals: readonly string[]
}

function parsed(args: readonly string[]): Parsed {
  const options = {
    'dry-run': { type: 'boolean' },
    limit: { type: 'string', default: DEFAULT_LIMIT },
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return { values: {}, positionals: [] }
  }
}
