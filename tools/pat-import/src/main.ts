import { readFile } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { parseArgs } from 'node:util'
import { invalid } from '@clarity/failure'
import { runCommand } from './command.ts'
import { type ModelOrigin, importModel } from './import-model.ts'

const USAGE =
  'npm run model:import -- FILE.h5 [--out DIR] [--name NAME] [--origin FILE.json] [--graph folded|plain]'

await runCommand(USAGE, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      name: { type: 'string' },
      origin: { type: 'string' },
      graph: { type: 'string', default: 'folded' },
    },
  })
  const [file, ...rest] = positionals
  if (file === undefined || rest.length > 0) throw invalid(`Exactly one file is needed: ${USAGE}`)
  const { graph } = values
  if (graph !== 'folded' && graph !== 'plain') throw invalid('The graph is folded or plain.')
  const outDir = values.out ?? join(dirname(file), parse(file).name)
  const origin = values.origin && (JSON.parse(await readFile(values.origin, 'utf8')) as ModelOrigin)
  const manifest = await importModel({
    file,
    outDir,
    graph,
    ...(values.name && { name: values.name }),
    ...(origin && { origin }),
  })
  const { ignored } = manifest.source
  const beside = ignored.length > 0 ? `; left out, as not the encoder's: ${ignored.join(', ')}` : ''
  return `${manifest.name}: PAT-${manifest.size}, ${manifest.parameters} parameters, proved against float64 → ${outDir}${beside}`
})
