import { createPubSubEventBus } from '@clarity/event-bus'
import { isFailure } from '@clarity/failure'
import { createFirestoreRecordStore } from '@clarity/record-store'
import { type ReplayArguments, USAGE, readArguments } from './arguments.ts'
import { type Config, readConfig } from './config.ts'
import { replay } from './replay.ts'

const asked = readArguments(process.argv.slice(2))
const config = readConfig()

if (asked === undefined) stop(USAGE)
else if ('missing' in config) stop(`Set ${config.missing.join(' and ')}.`)
else await run(asked, config)

async function run(asked: ReplayArguments, { projectId, userHashKey }: Config): Promise<void> {
  await using bus = createPubSubEventBus({ projectId })
  await using records = createFirestoreRecordStore({ projectId, userHashKey })
  try {
    const lines = await replay(asked, { bus, erasures: records.erasures })
    console.log(lines.length > 0 ? lines.join('\n') : 'nothing lies there')
  } catch (error) {
    if (!isFailure(error)) throw error
    stop(`${error.message} What was not published is still there; repeat the command.`)
  }
}

function stop(why: string): void {
  console.error(why)
  process.exitCode = 1
}
