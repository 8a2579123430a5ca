import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stop } from 'esbuild'
import { HOOKED_PACKAGES, packHookedPackages } from './hooked-packages.ts'

const modules = join(mkdtempSync(join(tmpdir(), 'clarity-hooked-')), 'node_modules')

function install(path: string, text: string): void {
  mkdirSync(dirname(join(modules, path)), { recursive: true })
  writeFileSync(join(modules, path), text)
}

describe('the packages that tracing hooks', () => {
  beforeAll(async () => {
    for (const name of HOOKED_PACKAGES) {
      install(`${name}/package.json`, '{ "version": "1.2.3", "main": "lib/main.js" }')
      install(`${name}/lib/main.js`, `exports.all = [require('./part'), require('small')]`)
      install(`${name}/lib/part.js`, `module.exports = require('../package.json').version`)
    }
    install('small/package.json', '{}')
    install('small/index.js', `module.exports = 'small'`)
    await packHookedPackages(modules)
  })
  afterAll(async () => {
    rmSync(dirname(modules), { recursive: true })
    await stop()
  })

  it.each(HOOKED_PACKAGES)('%s is found under its name and is one file that does what it did', (name) => {
    const main = createRequire(join(modules, 'any.js')).resolve(name)
    expect(main).toBe(join(modules, name, 'lib/main.js'))
    const module = { exports: {} as { all?: unknown } }
    new Function('module', 'exports', 'require', readFileSync(main, 'utf8'))(
      module,
      module.exports,
      () => undefined,
    )
    expect(module.exports.all).toEqual(['1.2.3', 'small'])
  })

  it('leave nothing of what they were made from but what says which package it was', () => {
    expect(existsSync(join(modules, 'express/lib/part.js'))).toBe(false)
    expect(existsSync(join(modules, 'small/index.js'))).toBe(false)
    expect(existsSync(join(modules, 'express/package.json'))).toBe(true)
    expect(existsSync(join(modules, 'small/package.json'))).toBe(true)
  })
})
