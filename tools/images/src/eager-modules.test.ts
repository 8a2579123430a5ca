import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compileModulesEagerly } from './eager-modules.ts'

const folder = mkdtempSync(join(tmpdir(), 'clarity-eager-'))
const file = join(folder, 'main.js')

async function eager(text: string): Promise<string> {
  writeFileSync(file, text)
  await compileModulesEagerly(file)
  return readFileSync(file, 'utf8')
}

describe('the CommonJS modules of a bundle', () => {
  afterAll(() => rmSync(folder, { recursive: true }))

  it('become functions in parentheses', async () => {
    const text = 'var require_a=__commonJS({"a.js"(exports,module){module.exports="}});"}});f(require_a());'
    expect(await eager(text)).toBe(
      'var require_a=__commonJS({"a.js":(function(exports,module){module.exports="}});"})});f(require_a());',
    )
  })

  it('are all that changes', async () => {
    const text = 'var a=f({b(){return 1}}),c={"d"(){}};function e(){var g=h({"i"(){}})}'
    expect(await eager(text)).toBe(text)
  })
})
