import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { isFailure } from '@clarity/failure'
import { readUpload, type UploadBody, type UploadFormat } from './read-upload.ts'

const context = { uploadId: 'upload-1', receivedAt: Date.parse('2025-03-20T00:00:00Z') }
const sample = {
  identifier: 'HKQuantityTypeIdentifierHeartRate',
  unit: 'count/min',
  value: 61,
  start_date: '2025-03-08T12:00:00Z',
  end_date: '2025-03-08T12:00:00Z',
  source_name: 'Sam’s Watch',
}
const envelope = JSON.stringify({ quantity_samples: [sample, { ...sample, value: 'x' }] })

/** Reads bytes that arrive in small pieces, so that every boundary is crossed. */
function read(bytes: Uint8Array | string, format: UploadFormat, more: Partial<UploadBody> = {}) {
  const buffer = Buffer.from(bytes as Uint8Array)
  const pieces = Array.from({ length: Math.ceil(buffer.length / 7) }, (_, index) =>
    buffer.subarray(index * 7, index * 7 + 7),
  )
  return readUpload({ stream: Readable.from(pieces), format, context, ...more })
}

async function failureOf(reading: Promise<unknown>) {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return isFailure(error) ? [error.kind, error.details.code] : error
}

describe('an upload of JSON', () => {
  it('gives samples and refusals', async () => {
    expect(await read(envelope, 'json')).toMatchObject({
      shape: 'raw_envelope',
      samples: [{ type: 'heart_rate', value: 61, source: { name: 'Sam’s Watch' } }],
      rejected: 1,
      rejections: [{ path: 'quantity_samples[1].value', reason: 'is not a number' }],
    })
  })

  it('may begin with a byte-order mark and white space, and be gzip', async () => {
    expect((await read(`\ufeff\r\n ${envelope}`, 'json')).samples).toHaveLength(1)
    expect((await read(gzipSync(envelope), 'json', { contentEncoding: 'gzip' })).samples).toHaveLength(1)
    expect((await read(gzipSync(envelope), 'json')).samples).toHaveLength(1)
  })

  it('survives bytes that are not UTF-8', async () => {
    const latin = Buffer.from(envelope.replaceAll('’', 'é'), 'latin1')
    expect((await read(latin, 'json')).samples).toMatchObject([
      { value: 61, source: { name: 'Sam\ufffds Watch' } },
    ])
  })

  it('keeps the first hundred refusals and counts all', async () => {
    const body = JSON.stringify({ quantity_samples: Array.from({ length: 250 }, () => null) })
    const { rejections, rejected } = await read(body, 'json')
    expect([rejections.length, rejected]).toEqual([100, 250])
  })

  it.each([
    ['breaks half-way', envelope.slice(0, -20), 'malformed_body'],
    ['is empty', '', 'malformed_body'],
    ['is a number', '7', 'unknown_shape'],
    ['has no known shape', '{"a":[1]}', 'unknown_shape'],
    ['has keys of the prototype alone', '{"__proto__":{"quantity_samples":[]}}', 'unknown_shape'],
  ])('fails where it %s', async (_, body, code) => {
    expect(await failureOf(read(body, 'json'))).toEqual(['malformed', code])
  })

  it('fails alike for nesting without an end', async () => {
    expect(
      await failureOf(
        readUpload({ stream: Readable.from([Buffer.from('['.repeat(200_000))]), format: 'json', context }),
      ),
    ).toEqual(['malformed', 'malformed_body'])
  })
})

describe('a large upload', () => {
  // Few and long samples: a large body is what is asked for, not many samples.
  const long = { ...sample, metadata: { note: 'x'.repeat(900) } }
  const many = Array.from({ length: 9000 }, (_, index) => ({ ...long, value: index === 8000 ? 'x' : 61 }))
  const whole = (body: string, format: UploadFormat) => {
    const bytes = Buffer.from(body)
    const size = 64 * 1024
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
    return readUpload({ stream: Readable.from(pieces), format, context })
  }

  it('of JSON is read in slices, its refusals named by their place in the whole', async () => {
    const { samples, rejections, shape } = await whole(JSON.stringify({ quantity_samples: many }), 'json')
    expect([shape, samples.length]).toEqual(['raw_envelope', 8999])
    expect(rejections.map(({ path }) => path)).toEqual(['quantity_samples[8000].value'])
  })

  it('of JSON is recognised behind a long list of something else', async () => {
    const late = { padding: Array<string>(600_000).fill('x'.repeat(20)), quantity_samples: many }
    const { samples, rejections } = await whole(JSON.stringify(late), 'json')
    expect(samples).toHaveLength(8999)
    expect(rejections.map(({ path }) => path)).toEqual(['quantity_samples[8000].value'])
  })

  it('of JSON fails where it breaks half-way', async () => {
    const body = JSON.stringify({ quantity_samples: many })
    for (const broken of [body.slice(0, -20), body.replace('"value":"x"', '"value":x')])
      expect(await failureOf(whole(broken, 'json'))).toEqual(['malformed', 'malformed_body'])
  })

  it('of lines is recognised where it was taken for one JSON body', async () => {
    const line = JSON.stringify({ quantity_samples: many.slice(0, 100) })
    const { samples } = await whole(Array<string>(90).fill(line).join('\n'), 'json')
    expect(samples).toHaveLength(9000)
  })
})

describe('an upload of lines', () => {
  const line = envelope
  const element = {
    uuid: '',
    quantityType: sample.identifier,
    quantity: 60,
    unit: 'bpm',
    startDate: sample.start_date,
  }

  it('is read line by line, a bad line refused alone', async () => {
    const body = `${line}\r\n\n{"broken\n{"a":1}\n${JSON.stringify(element)}\n`
    const { samples, rejections } = await read(body, 'ndjson')
    expect(samples).toHaveLength(2)
    expect(rejections.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      'line[0].quantity_samples[1].value is not a number',
      'line[2] is not JSON',
      'line[3] has no known shape',
    ])
  })

  it('is recognised where it was taken for one JSON body', async () => {
    expect((await read(`${line}\n${line}`, 'json')).samples).toHaveLength(2)
  })

  it('is read on behind a line that is too long to be held', async () => {
    const long = Array<Buffer>(30).fill(Buffer.alloc(1024 * 1024, 'x'))
    const stream = Readable.from([`${line}\n"`, ...long, `"\n${line}\n`].map((piece) => Buffer.from(piece)))
    const { samples, rejections } = await readUpload({ stream, format: 'ndjson', context })
    expect(samples).toHaveLength(2)
    expect(rejections).toContainEqual({ path: 'line[1]', type: null, reason: 'is too long' })
  })

  it('fails where no line is JSON or none is known', async () => {
    expect(await failureOf(read('{"a\n{"b', 'ndjson'))).toEqual(['malformed', 'malformed_body'])
    expect(await failureOf(read('{"a":1}\n{"b":2}', 'ndjson'))).toEqual(['malformed', 'unknown_shape'])
    const broken = Readable.from([Buffer.from(`${envelope}\n${'x\n'.repeat(100_001)}`)])
    expect(await failureOf(readUpload({ stream: broken, format: 'ndjson', context }))).toEqual([
      'malformed',
      'malformed_body',
    ])
  })
})

describe('the bytes of an upload', () => {
  it('fail where their gzip is broken or cut', async () => {
    const zipped = gzipSync(envelope)
    const broken = Buffer.from(zipped)
    broken.writeUInt8(broken.readUInt8(40) ^ 0xff, 40)
    for (const bytes of [broken, zipped.subarray(0, -12), Buffer.from('not gzip')]) {
      expect(await failureOf(read(bytes, 'json', { contentEncoding: 'gzip' }))).toEqual([
        'malformed',
        'malformed_body',
      ])
    }
  })

  it('fail as too large where they inflate beyond the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, ' '))
    expect(await failureOf(read(bomb, 'json', { contentEncoding: 'gzip', maxBytes: 1_000_000 }))).toEqual([
      'too-large',
      'too_large',
    ])
  })

  it('pass on an error of their source as it is', async () => {
    const cause = new Error('storage went away')
    const broken = () =>
      new Readable({
        read() {
          this.destroy(cause)
        },
      })
    await expect(readUpload({ stream: broken(), format: 'json', context })).rejects.toBe(cause)
    await expect(
      readUpload({ stream: broken(), format: 'json', contentEncoding: 'gzip', context }),
    ).rejects.toBe(cause)
  })

  it('stop where the caller gives up', async () => {
    const reading = read(envelope, 'json', { signal: AbortSignal.abort(new Error('deadline')) })
    await expect(reading).rejects.toThrow('deadline')
  })
})
