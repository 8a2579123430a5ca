import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'

const ROOT = join(import.meta.dirname, '../../..')
const FIXTURES = join(import.meta.dirname, '../fixtures')

/** Each house rule with what its message must say; a rule that stays silent on the bad fixture is not on guard. */
const EXPECTED: readonly (readonly [rule: string, message: RegExp])[] = [
  ['@nx/enforce-module-boundaries', /type:domain/],
  ['@nx/enforce-module-boundaries', /express/],
  ['@nx/enforce-module-boundaries', /type:platform.*@google-cloud\/storage/],
  ['no-restricted-imports', /'node:fs'.*domain is pure/],
  ['no-restricted-imports', /'fs'.*domain is pure/],
  ['no-restricted-syntax', /Name each export/],
  ['no-restricted-syntax', /Named exports only/],
  ['no-restricted-syntax', /No module mocks/],
  ['no-restricted-syntax', /Only config files/],
  ['no-restricted-syntax', /Time is an argument/],
  ['max-lines', /too many lines/],
  ['max-lines-per-function', /too many lines/],
  ['import-x/no-cycle', /cycle/i],
]

/** Lints the bad fixtures and returns the house rules that did not fire; run it under Nx, which has the project graph. */
export async function silentRules(): Promise<string[]> {
  const eslint = new ESLint({ cwd: ROOT, ignore: false })
  const long = Array.from({ length: 300 }, () => '  sum += 1').join('\n')
  const bad = readFileSync(join(FIXTURES, 'bad-domain-file.ts.txt'), 'utf8').replace('/* LONG */', long)
  const results = [
    ...(await eslint.lintText(bad, { filePath: join(ROOT, 'libs/actigraphy/src/bad-domain-file.ts') })),
    ...(await eslint.lintText(
      "import { Storage } from '@google-cloud/storage'\n\nexport const storage = new Storage()\n",
      {
        filePath: join(ROOT, 'libs/service-shell/src/bad-platform-file.ts'),
      },
    )),
    ...(await eslint.lintFiles(join(FIXTURES, 'cycle-a.ts'))),
  ]
  const messages = results.flatMap((result) => result.messages)
  return EXPECTED.filter(
    ([rule, text]) => !messages.some(({ ruleId, message }) => ruleId === rule && text.test(message)),
  ).map(([rule, text]) => `${rule} (${text.source})`)
}
