import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import {
  type End,
  type HostileBody,
  REJECTIONS_COMPARED,
  completed,
  envelope,
  envelopeText,
  failed,
  pulse,
  pulseText,
} from './hostile-body.ts'
import { zipArchive } from './zip-archive.ts'

/** Not at once: the local cloud lives in this process. */
const gzipped = promisify<string | Buffer, object, Buffer>(gzip)
const mebibyte = 1024 * 1024
const elements = 10_000_000

function zipped(title: string, text: () => string | Buffer, end: End): HostileBody {
  const bytes = () => gzipped(text(), { level: 1 })
  return { title, bytes, headers: { 'content-encoding': 'gzip' }, end }
}

const first = (path: (index: number) => string) =>
  Array.from({ length: REJECTIONS_COMPARED }, (_, index) => path(index))
const notObjects = first((index) => `quantity_samples[${index}] is not an object`)

/** Bodies that are small on the wire and large inside. */
export const largeBodies: readonly HostileBody[] = [
  zipped(
    'ten million numbers behind the samples',
    () => `${envelope([pulse(0)]).slice(0, -1)},"noise":[${'0,'.repeat(elements)}0]}`,
    completed({ accepted: 1 }),
  ),
  zipped(
    'ten million numbers in a sample',
    () => envelopeText(pulseText(0, 'metadata', `{"list":[${'0,'.repeat(elements)}0]}`)),
    completed({ accepted: 1 }),
  ),
  zipped('ten million numbers of no shape', () => `[${'0,'.repeat(elements)}0]`, failed('unknown_shape')),
  zipped(
    'a text of 50 MB in one field',
    () => envelope([pulse(0, { source_name: 'x'.repeat(50_000_000) })]),
    failed('element_too_large'),
  ),
  zipped('a key of 50 MB', () => `{"${'k'.repeat(50_000_000)}":1}`, failed('element_too_large')),
  zipped(
    'a text of 5 MB in one field',
    () => envelope([pulse(0, { source_name: 'x'.repeat(5_000_000) }), null]),
    completed({ accepted: 1, rejected: 1 }, { rejections: ['quantity_samples[1] is not an object'] }),
  ),
  zipped(
    'a number of a million digits',
    () => envelopeText(pulseText(0, 'value', '9'.repeat(1_000_000))),
    completed({ rejected: 1 }, { rejections: ['quantity_samples[0].value is not a number'] }),
  ),
  zipped(
    'a million deletions of what is no id',
    () => envelope([], { deleted_samples: Array(1_000_000).fill(0) }),
    completed(
      { rejected: 1_000_000 },
      { rejections: first((index) => `deleted_samples[${index}] is not a UUID`) },
    ),
  ),
  zipped(
    'a million deletions of samples that nobody has sent',
    () =>
      envelope([], {
        deleted_samples: Array.from(
          { length: 1_000_000 },
          (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        ),
      }),
    completed(
      { rejected: 900_000 },
      { rejections: first(() => ' is one deletion more than an upload may name') },
    ),
  ),
  zipped(
    '100 000 types',
    () =>
      envelope(
        Array.from({ length: 100_000 }, (_, index) => pulse(index % 1000, { identifier: `Type${index}` })),
      ),
    completed({ unknown: 100_000 }),
  ),
  zipped(
    'nesting without an end, beyond what is read whole',
    () => '[{"a":'.repeat(2_000_000),
    failed('malformed_body'),
  ),
  zipped('100 MiB of brackets', () => Buffer.alloc(100 * mebibyte, '['), failed('malformed_body')),
  zipped(
    '100 MiB of line ends behind a brace',
    () => Buffer.concat([Buffer.from('{}'), Buffer.alloc(100 * mebibyte, '\n')]),
    failed('unknown_shape'),
  ),
  {
    title: 'a zip bomb of 300 MiB',
    bytes: () => zipArchive([{ name: 'export.xml', content: Buffer.alloc(300 * mebibyte, ' ') }]),
    contentType: 'application/zip',
    end: failed('too_large'),
  },
  {
    title: 'a million lists for samples',
    bytes: () => gzipped(envelope(Array(1_000_000).fill([])), { level: 1 }),
    headers: { 'content-encoding': 'gzip' },
    end: completed({ rejected: 1_000_000 }, { rejections: notObjects }),
  },
]
