import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installFiles } from './install-files.ts'

let parent = ''
let target = ''

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'install-files-'))
  target = join(parent, 'model')
})

afterEach(() => rm(parent, { recursive: true }))

const fill =
  (content: string, failure?: Error) =>
  async (scratch: string): Promise<string> => {
    await writeFile(join(scratch, 'encoder.onnx'), content)
    await writeFile(join(scratch, 'manifest.json'), content)
    if (failure) throw failure
    return content
  }

describe('installFiles', () => {
  it('makes a folder that was not there, and leaves nothing else', async () => {
    expect(await installFiles(target, fill('new'))).toBe('new')
    expect(await readdir(parent)).toEqual(['model'])
    expect((await readdir(target)).sort()).toEqual(['encoder.onnx', 'manifest.json'])
  })

  it('replaces the files it writes and keeps the others', async () => {
    await mkdir(target)
    await writeFile(join(target, 'encoder.onnx'), 'old')
    await writeFile(join(target, 'weights.h5'), 'old')
    await installFiles(target, fill('new'))
    expect(await readFile(join(target, 'encoder.onnx'), 'utf8')).toBe('new')
    expect(await readFile(join(target, 'weights.h5'), 'utf8')).toBe('old')
  })

  it('leaves an older folder as it was where the proof fails', async () => {
    await installFiles(target, fill('old'))
    const failure = new Error('not proved')
    await expect(installFiles(target, fill('new', failure))).rejects.toBe(failure)
    expect(await readdir(parent)).toEqual(['model'])
    expect(await readFile(join(target, 'encoder.onnx'), 'utf8')).toBe('old')
    expect(await readFile(join(target, 'manifest.json'), 'utf8')).toBe('old')
  })

  it('leaves nothing where there was nothing and the proof fails', async () => {
    await expect(installFiles(target, fill('new', new Error('not proved')))).rejects.toThrow('not proved')
    expect(await readdir(parent)).toEqual([])
  })
})
