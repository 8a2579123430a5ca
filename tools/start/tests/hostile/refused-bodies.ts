import { promisify } from 'node:util'
import { gzip as zip, gzipSync } from 'node:zlib'
import { type HostileBody, envelope, pulse } from './hostile-body.ts'
import { zipArchive } from './zip-archive.ts'

const good = envelope([pulse(0)])
const zipped = gzipSync(good)
const gzip = { 'content-encoding': 'gzip' }
/** Not at once: the local cloud lives in this process. */
const gzipped = promisify<Buffer, object, Buffer>(zip)
const mebibyte = 1024 * 1024

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly contentType?: string
}

function refused(
  title: string,
  bytes: HostileBody['bytes'] | Buffer | string,
  [status, slug, sent = {}]: [number, string, Sent?],
): HostileBody {
  const made = typeof bytes === 'function' ? bytes : () => Buffer.from(bytes as string)
  return { title, bytes: made, refused: [status, slug], ...sent }
}

const noHealthData: [number, string] = [400, 'not-health-data']
const brokenGzip: [number, string, Sent] = [400, 'broken-gzip', { headers: gzip }]
const tooLarge: [number, string, Sent] = [413, 'body-too-large', { headers: gzip }]

/** Bodies that no container begins, or that no upload may be. */
export const refusedBodies: readonly HostileBody[] = [
  refused('nothing', '', [400, 'empty-body']),
  refused('gzip of nothing', gzipSync(''), [400, 'empty-body', { headers: gzip }]),
  refused('white space', ' \r\n\t'.repeat(100), noHealthData),
  refused('65 KiB of white space before', `${' '.repeat(65 * 1024 + 1)}${good}`, noHealthData),
  refused('a byte-order mark alone', '\ufeff', noHealthData),
  refused(
    'half a byte-order mark',
    Buffer.concat([Buffer.from([0xef, 0xbb]), Buffer.from(good)]),
    noHealthData,
  ),
  refused('UTF-16 with its mark', Buffer.from(`\ufeff${good}`, 'utf16le'), noHealthData),
  refused('a text', '"quantity_samples"', noHealthData),
  refused('a number', '61', noHealthData),
  refused('null', 'null', noHealthData),
  refused('a form', 'quantity_samples[0][value]=61', noHealthData),
  refused('zeros', Buffer.alloc(4096), noHealthData),
  refused('a picture', Buffer.from('89504e470d0a1a0a', 'hex'), noHealthData),
  refused('the first half of zip’s magic', 'PK', noHealthData),
  refused('an archive without entries', zipArchive([]), noHealthData),
  refused('gzip that is not said to be', zipped, noHealthData),
  refused('gzip within gzip', gzipSync(zipped), [...noHealthData, { headers: gzip }]),
  refused('no gzip that is said to be', good, brokenGzip),
  refused('gzip that ends too early', zipped.subarray(0, -12), brokenGzip),
  refused(
    'gzip with a wrong checksum',
    Buffer.from(zipped).fill(0xff, zipped.length - 8, zipped.length - 4),
    brokenGzip,
  ),
  refused('noise behind the end of gzip', Buffer.concat([zipped, Buffer.from('noise')]), brokenGzip),
  refused('33 MiB on the wire', () => Buffer.alloc(33 * mebibyte, '['), [413, 'body-too-large']),
  refused('a gzip bomb of 257 MiB', () => gzipped(Buffer.alloc(257 * mebibyte, '['), { level: 1 }), tooLarge),
  refused('a form’s type', good, [
    415,
    'unsupported-media-type',
    { contentType: 'multipart/form-data; boundary=x' },
  ]),
  refused('a text’s type', good, [415, 'unsupported-media-type', { contentType: 'text/plain' }]),
  refused('a type that is none', good, [415, 'unsupported-media-type', { contentType: ';;;' }]),
  refused('brotli', good, [415, 'unsupported-content-encoding', { headers: { 'content-encoding': 'br' } }]),
  refused('gzip twice over', zipped, [
    415,
    'unsupported-content-encoding',
    { headers: { 'content-encoding': 'gzip, gzip' } },
  ]),
  refused('a key of 256 characters', good, [
    422,
    'invalid',
    { headers: { 'idempotency-key': 'k'.repeat(256) } },
  ]),
]
