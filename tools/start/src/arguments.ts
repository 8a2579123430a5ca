import { parseArgs } from 'node:util'
import { isTimezone } from '@clarity/contracts'

export interface StartArguments {
  /** Stop after the first insight, in a temporary data folder unless one is named. */
  readonly once: boolean
  readonly demo: boolean
  readonly fresh: boolean
  readonly upload?: string | undefined
  readonly timezone: string
  readonly dataDir?: string | undefined
}

const USAGE = `npm start -- [options]
  --once                 stop after the insight; exit code 0
  --no-demo              start and stay up, upload nothing
  --upload FILE          upload this file (.json, .ndjson, .xml, .zip, each also with .gz)
  --timezone IANA        zone of its samples that name none (default: this machine's)
  --data DIR             where the local cloud keeps its state (default .clarity)
  --fresh                start empty`

/** Reads the command line; throws an error whose message is one clear line. */
export function parseArguments(argv: readonly string[]): StartArguments {
  const { values } = read(argv)
  const timezone = values.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!isTimezone(timezone)) throw new Error(`--timezone: "${timezone}" is no IANA time zone`)
  const demo = !values['no-demo']
  if (values.upload !== undefined && !demo) throw new Error('--upload and --no-demo exclude each other')
  if (values.once && !demo) throw new Error('--once and --no-demo exclude each other')
  return {
    once: values.once ?? false,
    demo,
    fresh: values.fresh ?? false,
    upload: values.upload,
    timezone,
    dataDir: values.data,
  }
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        once: { type: 'boolean' },
        'no-demo': { type: 'boolean' },
        fresh: { type: 'boolean' },
        upload: { type: 'string' },
        timezone: { type: 'string' },
        data: { type: 'string' },
      },
    })
  } catch (error) {
    throw new Error(`${(error as Error).message.split('. ')[0]}\n${USAGE}`)
  }
}
