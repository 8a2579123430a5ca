import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { constants, getPriority, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createInference } from './inference.ts'

const encoderFile = join(import.meta.dirname, '../../../models/pat-s/encoder.onnx')
const encoder = () => readFile(encoderFile)
const silence = new Float32Array(10_080)

describe('inference', () => {
  it('fails what was asked of a worker that stops, and serves the next call from a new one', async () => {
    await using inference = await createInference({ onnx: await encoder(), threads: 1 })
    const before = await inference.run([silence])
    const broken = inference.run([new Float32Array(5)]) // the runtime refuses the shape, which ends the worker
    const behind = inference.run([silence])
    const stopped = { kind: 'unavailable', message: 'The model stopped before it answered.' }
    await expect(broken).rejects.toMatchObject(stopped)
    await expect(behind).rejects.toMatchObject(stopped)
    expect(await inference.run([silence])).toEqual(before)
  })

  it('ends in the middle of what it was asked, which fails', async () => {
    const inference = await createInference({ onnx: await encoder(), threads: 1 })
    const asked = expect(inference.run(Array(100).fill(silence))).rejects.toMatchObject({
      kind: 'unavailable',
    })
    await new Promise(setImmediate)
    await inference[Symbol.asyncDispose]()
    await asked
  })

  it('leaves the event loop free while it computes', async () => {
    await using inference = await createInference({ onnx: await encoder(), threads: 1 })
    const turns: string[] = []
    const runs = [1, 2, 3, 4].map(() => inference.run([silence]).then(() => turns.push('run')))
    setImmediate(() => turns.push('loop'))
    await Promise.all(runs)
    expect(turns[0]).toBe('loop')
  })

  it('reports nothing to the maker of the runtime, which would keep it in the home folder first', async () => {
    const home = await mkdtemp(join(tmpdir(), 'clarity-home-'))
    const program = `
      import { readFileSync } from 'node:fs'
      import { createInference } from ${JSON.stringify(join(import.meta.dirname, 'inference.ts'))}
      const onnx = readFileSync(${JSON.stringify(encoderFile)})
      await using inference = await createInference({ onnx, threads: 1 })
      await inference.run([new Float32Array(10_080)])
    `
    try {
      // Without CI's variables, of which each alone silences the runtime.
      const env = { HOME: home, PATH: process.env['PATH'] }
      await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env })
      expect(await readdir(home, { recursive: true })).toEqual([])
    } finally {
      await rm(home, { recursive: true })
    }
  })

  const itWhereThreadsHaveOne = platform() === 'linux' ? it : it.skip
  itWhereThreadsHaveOne('computes at a lower priority than the event loop', async () => {
    const threads = async () =>
      (await readdir('/proc/self/task')).filter(
        (id) => getPriority(Number(id)) === constants.priority.PRIORITY_BELOW_NORMAL,
      ).length
    const [own, before] = [getPriority(), await threads()]
    await using inference = await createInference({ onnx: await encoder(), threads: 2 })
    await inference.run([silence])
    expect([getPriority(), (await threads()) - before]).toEqual([own, 2])
  })
})
