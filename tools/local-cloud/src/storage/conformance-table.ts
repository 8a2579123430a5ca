import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Bucket, File } from '@google-cloud/storage'

/** One fact about Cloud Storage, as its Node client shows it: what is done to an empty bucket, what comes of it. */
export interface ConformanceCase {
  readonly title: string
  run(bucket: Bucket): Promise<unknown>
  readonly expected: unknown
}

const HELLO = Buffer.from('hello, clarity')
const GZIPPED = gzipSync(HELLO)
const LARGE = randomBytes(3 * 1024 * 1024 + 17)

/** The HTTP status that a call is refused with, or what it answers. */
async function statusOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
    return 'done'
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

async function saved(bucket: Bucket, name: string, options = {}): Promise<File> {
  const file = bucket.file(name)
  await file.save(HELLO, { resumable: false, ...options })
  return file
}

const generationOf = async (file: File) => Number((await file.getMetadata())[0].generation)

const UPLOADS: ConformanceCase[] = [
  {
    title: 'a simple upload is read back with its type and custom metadata',
    async run(bucket) {
      const file = await saved(bucket, 'a/b c.txt', {
        contentType: 'text/plain',
        metadata: { metadata: { sha256: 'abc' } },
      })
      const [metadata] = await file.getMetadata()
      const [bytes] = await file.download({ validation: 'crc32c' })
      return [
        bytes.toString(),
        metadata.contentType,
        metadata.metadata,
        metadata.size,
        metadata.metageneration,
      ]
    },
    expected: ['hello, clarity', 'text/plain', { sha256: 'abc' }, '14', '1'],
  },
  {
    title: 'a resumable upload in chunks is read back, checked by md5',
    async run(bucket) {
      const file = bucket.file('large')
      await file.save(LARGE, { resumable: true, chunkSize: 512 * 1024, validation: 'md5' })
      const [bytes] = await file.download({ validation: 'md5' })
      return bytes.equals(LARGE)
    },
    expected: true,
  },
  {
    title: 'a resumable upload in one request is read back',
    async run(bucket) {
      await bucket.file('large').save(LARGE, { resumable: true })
      const [bytes] = await bucket.file('large').download()
      return bytes.equals(LARGE)
    },
    expected: true,
  },
  {
    title: 'an empty object is kept',
    async run(bucket) {
      await bucket.file('empty').save('', { resumable: true })
      const [bytes] = await bucket.file('empty').download()
      return bytes.length
    },
    expected: 0,
  },
  {
    title: 'a checksum that does not fit refuses the upload and keeps nothing',
    async run(bucket) {
      const status = await statusOf(saved(bucket, 'x', { metadata: { crc32c: 'AAAAAA==' } }))
      return [status, (await bucket.file('x').exists())[0]]
    },
    expected: [400, false],
  },
  {
    title: 'an upload to a bucket that does not exist answers 404',
    run: (bucket) => statusOf(saved(bucket.storage.bucket('no-such-bucket'), 'x')),
    expected: 404,
  },
]

const PRECONDITIONS: ConformanceCase[] = [
  {
    title: 'ifGenerationMatch 0 creates once: the second upload answers 412 and changes nothing',
    async run(bucket) {
      const once = { preconditionOpts: { ifGenerationMatch: 0 } }
      const file = await saved(bucket, 'once', once)
      const before = await generationOf(file)
      const simple = await statusOf(file.save(LARGE, { resumable: false, ...once }))
      const resumable = await statusOf(file.save('other', { resumable: true, ...once }))
      return [simple, resumable, (await generationOf(file)) === before]
    },
    expected: [412, 412, true],
  },
  {
    title: 'a generation is deleted only by its number',
    async run(bucket) {
      const file = await saved(bucket, 'x')
      const generation = await generationOf(file)
      const other = await statusOf(bucket.file('x', { generation: generation + 1 }).delete())
      const right = await statusOf(bucket.file('x', { generation }).delete())
      return [other, right, (await file.exists())[0]]
    },
    expected: [404, 'done', false],
  },
  {
    title: 'an overwritten object has a greater generation, and the old one is gone',
    async run(bucket) {
      const first = await generationOf(await saved(bucket, 'x'))
      const second = await generationOf(await saved(bucket, 'x'))
      return [second > first, await statusOf(bucket.file('x', { generation: first }).download())]
    },
    expected: [true, 404],
  },
  {
    title: 'ifMetagenerationMatch guards a change of metadata',
    async run(bucket) {
      const file = await saved(bucket, 'x')
      const stale = await statusOf(file.setMetadata({ cacheControl: 'a' }, { ifMetagenerationMatch: 7 }))
      const [metadata] = await file.setMetadata({ cacheControl: 'b' }, { ifMetagenerationMatch: 1 })
      return [stale, metadata.cacheControl, metadata.metageneration]
    },
    expected: [412, 'b', '2'],
  },
  {
    title: 'ifGenerationNotMatch of the present generation answers 304',
    async run(bucket) {
      const file = await saved(bucket, 'x')
      const query = { ifGenerationNotMatch: await generationOf(file) }
      return statusOf(file.getMetadata(query))
    },
    expected: 304,
  },
]

const READS: ConformanceCase[] = [
  {
    title: 'a gzip object is served as it is, or inflated by the client',
    async run(bucket) {
      const file = bucket.file('z')
      await file.save(GZIPPED, {
        resumable: false,
        metadata: { contentEncoding: 'gzip', contentType: 'application/json' },
      })
      const [kept] = await file.download({ decompress: false })
      const [inflated] = await file.download()
      const [metadata] = await file.getMetadata()
      return [kept.equals(GZIPPED), inflated.toString(), metadata.contentEncoding]
    },
    expected: [true, 'hello, clarity', 'gzip'],
  },
  {
    title: 'a range and a tail are served alone',
    async run(bucket) {
      const file = await saved(bucket, 'x')
      const [middle] = await file.download({ start: 7, end: 9 })
      const [tail] = await file.download({ end: -7 })
      return [middle.toString(), tail.toString(), await statusOf(file.download({ start: 100 }))]
    },
    expected: ['cla', 'clarity', 416],
  },
  {
    title: 'what is not there answers 404',
    async run(bucket) {
      const file = bucket.file('nothing')
      return [
        await statusOf(file.getMetadata()),
        await statusOf(file.download()),
        await statusOf(file.delete()),
        (await file.exists())[0],
      ]
    },
    expected: [404, 404, 404, false],
  },
  {
    title: 'a patch merges metadata and null takes a key away',
    async run(bucket) {
      const file = await saved(bucket, 'x', { metadata: { metadata: { a: '1', b: '2' } } })
      const [metadata] = await file.setMetadata({ metadata: { a: null, c: '3' } })
      return [metadata.metadata, metadata.metageneration]
    },
    expected: [{ b: '2', c: '3' }, '2'],
  },
]

const LISTS: ConformanceCase[] = [
  {
    title: 'a list by prefix comes in pages, in the order of the names',
    async run(bucket) {
      for (const name of ['p/c', 'p/a', 'q/x', 'p/b']) await saved(bucket, name)
      const [first, next] = await bucket.getFiles({ prefix: 'p/', maxResults: 2, autoPaginate: false })
      const [second, end] = await bucket.getFiles({ ...next })
      const [all] = await bucket.getFiles({ prefix: 'p/' })
      return [first.map(({ name }) => name), second.map(({ name }) => name), end, all.length]
    },
    expected: [['p/a', 'p/b'], ['p/c'], null, 3],
  },
  {
    title: 'a delimiter folds names into prefixes',
    async run(bucket) {
      for (const name of ['a/1', 'a/2', 'b/1', 'top']) await saved(bucket, name)
      const [files, , answer] = await bucket.getFiles({ delimiter: '/', autoPaginate: false })
      return [files.map(({ name }) => name), (answer as { prefixes?: string[] }).prefixes]
    },
    expected: [['top'], ['a/', 'b/']],
  },
  {
    title: 'a bucket exists once, and is deleted only when empty',
    async run(bucket) {
      const again = await statusOf(bucket.create())
      const file = await saved(bucket, 'x')
      const full = await statusOf(bucket.delete())
      await file.delete()
      return [again, full, await statusOf(bucket.delete()), (await bucket.exists())[0]]
    },
    expected: [409, 409, 'done', false],
  },
  {
    title: 'what is not played answers 501',
    async run(bucket) {
      const file = await saved(bucket, 'x')
      return [await statusOf(file.copy('y')), await statusOf(bucket.combine(['x', 'y'], 'z'))]
    },
    expected: [501, 501],
  },
]

export const STORAGE_CONFORMANCE: readonly ConformanceCase[] = [
  ...UPLOADS,
  ...PRECONDITIONS,
  ...READS,
  ...LISTS,
]
