import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { runCommand } from './command.ts'
import { fetchModel } from './fetch-model.ts'
import { publishedModel } from './published-models.ts'

const USAGE =
  'npm run model:fetch -- pat-s|pat-m|pat-l [--url URL] [--out DIR] [--sha256 HEX] [--timeout-seconds N]'
const MODELS = join(import.meta.dirname, '../../../models')
const MAX_BYTES = 64 * 1024 * 1024

await runCommand(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      out: { type: 'string' },
      sha256: { type: 'string' },
      'timeout-seconds': { type: 'string', default: '120' },
    },
  })
  const published = publishedModel(positionals[0])
  // Apart from the shipped models, which are part of the repository.
  const name = `${positionals[0]}-29k`
  const outDir = values.out ?? join(MODELS, name)
  const { manifest, sha256 } = await fetchModel({
    model: { ...published, url: values.url ?? published.url },
    name,
    outDir,
    maxBytes: MAX_BYTES,
    timeoutMs: Number(values['timeout-seconds']) * 1000,
    ...(values.sha256 && { sha256: values.sha256 }),
  })
  return `${manifest.name}: PAT-${manifest.size}, file sha256 ${sha256}, installed in ${relative(process.cwd(), outDir) || '.'}; MODEL_DIR chooses it`
})
