import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { type Plugin, build, stop } from 'esbuild'
import { oneCopyOfEach } from './one-copy-of-each.ts'
import { requiredModules } from './required-modules.ts'
import { unusedParts } from './unused-parts.ts'

const folder = mkdtempSync(join(tmpdir(), 'clarity-bundle-'))
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await stop()
})

/** The bundle of `main.js` among these files. */
async function bundled(
  files: Readonly<Record<string, string>>,
  plugins: Plugin[] = [unusedParts, requiredModules([])],
): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: ['main.js'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['shelf'],
    plugins,
    logLevel: 'silent',
  })
  return outputFiles[0]!.text
}

/** What a bundle leaves in `result`. */
function resultOf(code: string): unknown {
  const context = { require, module: { exports: {} }, result: undefined as unknown }
  runInNewContext(code, context)
  return context.result
}

describe('modules of Node', () => {
  it('are required where they are imported, with or without their prefix, and work', async () => {
    const code = await bundled({
      'main.js': `import { join } from 'node:path'\nimport os from 'os'\nresult = [join('a', 'b'), typeof os.cpus]`,
    })
    expect(code).toContain('require("node:path")')
    expect(code).toContain('require("node:os")')
    expect(resultOf(code)).toEqual(['a/b', 'function'])
  })

  it('are left to what asks for them later', async () => {
    expect(await bundled({ 'main.js': `result = import('node:http')` })).toContain('import("node:http")')
  })

  it('are not taken for packages of a similar name', async () => {
    const code = await bundled({
      'main.js': `import { mine } from 'paths'\nresult = mine`,
      'node_modules/paths/index.js': 'exports.mine = 1',
    })
    expect(resultOf(code)).toBe(1)
  })
})

describe('packages that stay packages', () => {
  it('are required where they are imported, and their files', async () => {
    const main = `import shelf from 'shelf'\nimport file from 'shelf/file'\nresult = [shelf, file]`
    const code = await bundled({ 'main.js': main }, [requiredModules(['shelf'])])
    expect(code).toContain('require("shelf")')
    expect(code).toContain('require("shelf/file")')
  })
})

describe('packages that are installed twice', () => {
  const installed = (versions: readonly [string, string]) => ({
    'main.js': `result = [require('a'), require('b')]`,
    'node_modules/a/index.js': `module.exports = require('c/part')`,
    'node_modules/b/index.js': `module.exports = require('c/part')`,
    'node_modules/a/node_modules/c/part.js': `module.exports = 'of a'`,
    'node_modules/b/node_modules/c/part.js': `module.exports = 'of b'`,
    'package-lock.json': JSON.stringify({
      packages: {
        'node_modules/a/node_modules/c': { version: versions[0] },
        'node_modules/b/node_modules/c': { version: versions[1] },
      },
    }),
  })

  it('are bundled once where they are the same', async () => {
    expect(resultOf(await bundled(installed(['1.0.0', '1.0.0']), [oneCopyOfEach(folder)]))).toEqual([
      'of a',
      'of a',
    ])
  })

  it('are bundled each where their versions differ', async () => {
    expect(resultOf(await bundled(installed(['1.0.0', '1.0.1']), [oneCopyOfEach(folder)]))).toEqual([
      'of a',
      'of b',
    ])
  })
})

describe('parts of packages that are never used', () => {
  const zipkin = 'node_modules/@opentelemetry/exporter-zipkin/build/src/index.js'

  it('are not in the bundle, and say so where they are used after all', async () => {
    const code = await bundled({
      'main.js': `const { Exporter } = (() => { try { return require('./${zipkin}') } catch {} })() ?? {}`,
      [zipkin]: 'exports.Exporter = "HUGE"',
    })
    expect(code).not.toContain('HUGE')
    expect(code).toContain('left out of the bundle: ')
    expect(() => resultOf(code)).toThrow('left out of the bundle: Exporter')
  })

  it('may be loaded', async () => {
    const main = `const zipkin = require('./${zipkin}')\nresult = zipkin.__esModule`
    expect(resultOf(await bundled({ 'main.js': main }))).toBe(true)
  })

  it('a client of access policies is made and closed, and does nothing else', async () => {
    const iam = 'node_modules/google-gax/build/src/iamService.js'
    const code = await bundled({
      'main.js': `const { IamClient } = require('./${iam}')\nconst client = new IamClient()\nresult = [() => client.initialize(), client.close()]`,
      [iam]: 'exports.IamClient = class { initialize() { return "HUGE" } }',
    })
    const [initialize, closed] = resultOf(code) as [() => void, Promise<void>]
    expect(initialize).toThrow('left out of the bundle: IamClient')
    expect(await closed).toBeUndefined()
  })

  it('a package that reads otherwise than it did ends the build', async () => {
    const loader = 'node_modules/@grpc/proto-loader/build/src/index.js'
    const files = { 'main.js': `require('./${loader}')`, [loader]: 'exports.load = 1' }
    await expect(bundled(files)).rejects.toThrow('@grpc/proto-loader has changed')
  })

  it('the loader of protocols that is installed reads as it did', async () => {
    const path = require.resolve('@grpc/proto-loader')
    const code = await bundled({ 'main.js': `result = typeof require(${JSON.stringify(path)}).loadSync` })
    expect(code).toContain('const descriptorList = []')
    expect(resultOf(code)).toBe('function')
  })
})
