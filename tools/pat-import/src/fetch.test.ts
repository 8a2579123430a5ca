import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { download } from './download.ts'
import { run } from './tests/command-line.ts'

let folder = ''
let server: Server
let origin = ''
let weights: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pat-fetch-'))
  await run('tests/write-random-weights.ts', join(folder, 'S.h5'), 'S')
  weights = await readFile(join(folder, 'S.h5'))
  server = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/file' }).end()
    else if (request.url === '/file') response.end(weights)
    else if (request.url === '/page') response.end('<html>Sign in to download</html>')
    else if (request.url === '/never') response.write('one byte, then silence')
    else response.writeHead(404).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

const fetchSmall = (path: string, ...more: string[]) =>
  run('fetch.ts', 'pat-s', '--url', `${origin}${path}`, '--out', join(folder, 'models', 'new'), ...more)

describe('model:fetch', () => {
  it('follows redirects, imports, installs and prints the sha256 of what came', async () => {
    const sha256 = createHash('sha256').update(weights).digest('hex')
    const outcome = await fetchSmall('/moved', '--sha256', sha256)
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    expect(outcome.stdout).toContain(`pat-s-29k: PAT-S, file sha256 ${sha256}, installed in`)
    const manifest = JSON.parse(await readFile(join(folder, 'models', 'new', 'manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({ licence: 'CC BY 4.0', source: { file: 'PAT-S_29k_weights.h5', sha256 } })
    expect(manifest.provenance).toMatch(/^Published by the authors of PAT/)
  })

  it('leaves the installed model alone, and nothing behind, when what comes is no model', async () => {
    const before = await readFile(join(folder, 'models', 'new', 'manifest.json'))
    const outcomes = [
      await fetchSmall('/page'),
      await fetchSmall('/gone'),
      await fetchSmall('/file', '--sha256', 'ab'),
    ]
    expect(outcomes.map(({ code, stderr }) => [code, stderr.trim()])).toEqual([
      [1, 'The file is not HDF5: its signature is missing.'],
      [1, 'The server answered 404 instead of the file.'],
      [1, expect.stringMatching(/^The download has sha256 [0-9a-f]{64}, not the one demanded\.$/)],
    ])
    expect(await readFile(join(folder, 'models', 'new', 'manifest.json'))).toEqual(before)
    expect(await readdir(join(folder, 'models'))).toEqual(['new'])
  }, 60_000)

  it('knows the published names alone', async () => {
    expect(await run('fetch.ts', 'pat-xl')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Name one of pat-s, pat-m, pat-l.\n',
    })
  })
})

describe('download', () => {
  it('stops at the size limit by what arrives', async () => {
    const limits = { maxBytes: 1000, timeoutMs: 20_000 }
    await expect(download(`${origin}/file`, limits)).rejects.toMatchObject({
      kind: 'too-large',
      message: 'The file is larger than 1000 bytes.',
    })
  })

  it('stops at the time limit', async () => {
    await expect(download(`${origin}/never`, { maxBytes: 1000, timeoutMs: 200 })).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'The download took longer than 200 ms.',
    })
  })
})
