// Writes src/api-types.ts from openapi.json; with `--check` it only tells whether that would change it.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import openapiTypeScript, { astToString } from 'openapi-typescript'
import { format, resolveConfig } from 'prettier'

const document = new URL('../openapi.json', import.meta.url)
const target = fileURLToPath(new URL('../src/api-types.ts', import.meta.url))

const HEAD = `// Generated from openapi.json by tests/generate-types.ts.
/* eslint-disable max-lines */
`
/** Types that nobody uses: the document has no web hooks and no external references. */
const UNUSED = /^export type (webhooks|\$defs) = .*$/gm

const types = astToString(await openapiTypeScript(document)).replaceAll(UNUSED, '')
const text = await format(HEAD + types, { ...(await resolveConfig(target)), parser: 'typescript' })
if (!process.argv.includes('--check')) await writeFile(target, text)
else if ((await readFile(target, 'utf8')) !== text) {
  console.error(
    'src/api-types.ts is not what openapi.json makes: node libs/api-client/tests/generate-types.ts',
  )
  process.exitCode = 1
}
