import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import type { Dataset } from 'h5wasm'
import { encoderGraph } from './encoder-graph.ts'
import { encodeOnnxModel } from './onnx-model.ts'
import { ARCHITECTURES, expectedTensors } from './pat-architecture.ts'
import { readFloats } from './read-floats.ts'
import { run } from './tests/command-line.ts'

/** Written by h5py: PAT-S in 16-bit floats, its biases in 64-bit ones: everywhere the values of `steps`, in a gamma ones. */
const HALVES_AND_DOUBLES =
  'X3+3CGIgoroqsntQS/AgzR7kFwj//P3ej3k/3Uf/2Y8kylg18DTbo7XBquzp1tdW5eNRsW6mdRZ5tqaHo+lAcOIDBfBsJhxEh/2NLF+6rJ21t7WuFAAA/7NjGrpdAZAIALQc/s69WvnSNbXAT6u0Duyor+YM8J/drTUETI4gGL9zOd/qMN1N4SD4fOhLdfdm+0tts6RmO8faqrsYCNQblh/2lu2xrWhdmXhKw7z/mPorHrnLkVSHVt07t+qYnfhSAMDkBIKpebuSHvPTr5qAxKLJWvrr/UkUREJB00ScAQALADDXf226K+IU6IAGgCPWRqwdAKOG6NbKGQyCAoChdgDAAkatBS3mhewdMlepDG/Z+eoCVOaFpNqQ+l+HDnXj0HHdQDCbyktKJRxb9+XoCOqRANAcAEjkoUN6nXrzz3hKpyQrNQWC4LbUvC9V2yap10OBUXJgD6OZhft7naazv/KV0rinyR4EvUOrfkNvCbDE7PNBPuauyH3KHXdBSbNz9ppr9yXI4Emxm6r522UMwzGT4UPR5kayVKlOLMRkyzLWptM4HerJs0FwmYCmbd/V6c/5my3TmJugJwRHZ1jA41e632L010oBwHrWsoolhBJNHAlzZaPes5/SLVPJCtUEZQFZQba87tlTsBYPOQUA6++CAB3NAO5yYYEZ5BoA0M/eqsbgclviP+COiN9m/9cdwu2RSHxbFz1GuE7SxXjbv06Bx1Z/++6G4dQ98V/Q9V3CbYku8dluedFHuNY2KoPff9qo+Wv3IP6HupuTHe3v7t67Y2mfg1tro+Z9Rvapb4eQ3LmNuU1Jp04lUZQxHuYsP48l3AxPF8btE3Wj/PxqpcpXcnSEd35mAIpZqckfBBcjd9ehdeukJV7mJfHJ1Xx/RRUAwKKez49ZUAs6mgEV5BoAWOB4vusmMOhoBliQBjoFAJzrA/QMAE5CoKMZAOQUAND/feNE3P3Nmjbl2+Zue0ffdwU3S4JA+gDK8LrH3n5DvjBYjIdtye/QQeeMIcPbHIZSPtOqt34tu7edxEIRYhEIOcQoIUhygGkdTk5acGyliEDIuRjH42taifEAl9qp+HvkG/+sVsm+87Md0aNjqVAWuGZfqyGtTB9Lh76zBwdHT3vYjJpk2zXqO21pW/Yio/NdFjZe47kl7OECWMj1hjs0gouQewtAv1uQ8rWzWYnt7puXf/SZymKYv0YlwOq1inlG2o/pTqB87WxTYt7rfHz63nHdH9APAinDCoYxOq/VCm6Na255ircgBQ=='
/** Written by h5py: one tensor of big-endian 32-bit floats. */
const BIG_ENDIAN =
  'HwcI6J8HduOJ92iA2mziwxLEw9dYe3/P9hzV6XgzjTpdLImFwlVCI1JphM50Ei1fAyAJk68yvD5CemRmy8PuEg790eKASySkAs8DHMOAZOAwcMLVKOGEwwv/7KP9w2ZtrFbIGUA32kuLgN3+2f9j98/SzMt3umc09UGXvZYE5R5C6Vu53P0F/L44Wpk7n+cQMUAK/7ImQAIUBkTv7LQimDGcDb+jlEShlvsohgxkgB/q/Bodgb9OVN754f4t33t7untYXfwFeMcjpmf084Fsq2PfBg=='
/** Written by h5py: one tensor of zeros, packed with LZF. */
const LZF =
  'G1YIAI/UYU2ad+Lh//f7ts9974+YJ5M0TTSJ1nFErHokNRbRpEQqhGy5Glv79LAt8JDDwDJINIfA8wLLoQPQ6cB+0IN96ddkUVPNnq0sLFWWtZVlJSUA/mdprwQYB7x5W9/aysJm6vmTsguk7qY6+E9dlgRFNYTCs+V08pn8gsjXberXkd8NUH83+DTWNyUXTq5fPrk4M/6ruGf9xo/VV5wYIgZIKaIOsA+Yv5dZg6jt6ZaDHs0lmp+gkESWlbeJFB7lQubi/VM5CoF2SjrJU8qibj+PPQAoAdzRj5jfY57SPcHP/7b+SwY='

const NO_FLOATS = 'dense/dense/kernel:0 holds no little-endian floats of 16, 32 or 64 bits.\n'

const steps = (_: unknown, index: number) => ((index % 8) - 3.5) / 32

async function imported(content: string, before = 0) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'weight-types-'))
  const file = join(folder.path, 'weights.h5')
  await writeFile(
    file,
    Buffer.concat([Buffer.alloc(before), brotliDecompressSync(Buffer.from(content, 'base64'))]),
  )
  const outcome = await run('main.ts', file, '--out', join(folder.path, 'out'))
  const onnx = outcome.code === 0 ? await readFile(join(folder.path, 'out', 'encoder.onnx')) : undefined
  return { outcome, onnx }
}

describe('weights in another type than float32', () => {
  it('of 16 and of 64 bits make the encoder that the same numbers in 32 bits make', async () => {
    const architecture = ARCHITECTURES.find(({ size }) => size === 'S')!
    const tensors = [...expectedTensors(architecture)].map(([name, shape]) => {
      const length = shape.reduce((product, one) => product * one, 1)
      const data = Float32Array.from({ length }, name.endsWith('gamma:0') ? () => 1 : steps)
      return [name, { shape, data }] as const
    })
    const graph = encoderGraph({ architecture, tensors: new Map(tensors) }, 'folded')
    const { outcome, onnx } = await imported(HALVES_AND_DOUBLES)
    expect(outcome).toMatchObject({ code: 0, stderr: '' })
    expect(onnx?.equals(encodeOnnxModel(graph, 'tools/pat-import, format 2'))).toBe(true)
  })

  it('that are no little-endian floats are refused by name', async () => {
    const { outcome } = await imported(BIG_ENDIAN)
    expect(outcome).toMatchObject({ code: 1, stderr: NO_FLOATS })
  })

  it('that are packed with what the library cannot unpack are refused by name', async () => {
    const { outcome } = await imported(LZF)
    expect(outcome).toMatchObject({
      code: 1,
      stderr: 'dense/dense/kernel:0 is packed with filter 32000; gzip can be read, or no packing.\n',
    })
  })

  it('are read behind a user block, which is as long as 512 or a double of it', async () => {
    const outcomes = await Promise.all([512, 1024, 513].map((before) => imported(BIG_ENDIAN, before)))
    expect(outcomes.map(({ outcome }) => outcome.stderr)).toEqual([
      NO_FLOATS,
      NO_FLOATS,
      'The file is not HDF5: its signature is missing.\n',
    ])
  })

  const dataset = (dtype: string, value: ArrayBufferView): Dataset =>
    ({ dtype, metadata: {}, value }) as unknown as Dataset

  it('of 16 bits widen exactly: zeros, the least, the subnormal, the largest, and what is not finite', () => {
    const bits = Uint16Array.of(0, 0x8000, 1, 0x83ff, 0x0400, 0x3c00, 0xc100, 0x2e66, 0x7bff, 0xfc00, 0x7e00)
    const values = [
      0,
      -0,
      2 ** -24,
      -1023 * 2 ** -24,
      2 ** -14,
      1,
      -2.5,
      0.0999755859375,
      65504,
      -Infinity,
      NaN,
    ]
    expect([...readFloats(dataset('<e', bits))!]).toEqual(values)
  })

  it('of 64 bits go to the nearest in 32, which of what is too large is none', () => {
    const doubles = Float64Array.of(0.1, 16_777_217, 1e-300, 1e300)
    expect([...readFloats(dataset('<d', doubles))!]).toEqual([Math.fround(0.1), 16_777_216, 0, Infinity])
  })
})
