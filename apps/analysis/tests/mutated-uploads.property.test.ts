import { Readable } from 'node:stream'
import { isFailure } from '@clarity/failure'
import fc from 'fast-check'
import { type UploadFormat, type UploadReading, readUpload } from '../src/reading/read-upload.ts'
import { ownPayloads, sharedPayloads } from './client-payloads.ts'

const SEED = 20_260_302
const context = { uploadId: 'upload-1', receivedAt: Date.parse('2026-03-20T00:00:00Z') }
const payloads = [...ownPayloads, ...sharedPayloads()]
const words = [
  ...[
    'null',
    'true',
    '{}',
    '[]',
    '""',
    '-1',
    '1e999',
    '0.5',
    '"NaN"',
    '"\\ud800"',
    '"__proto__"',
    '\\',
    '"',
    ',',
  ],
  ...[
    '"9999-12-31T23:59:59Z"',
    '"0001-01-01T00:00:00Z"',
    '}',
    ']',
    '{',
    '[',
    '\n',
    '<',
    '>',
    '&',
    '&#0;',
    '<!--',
    'PK',
  ],
].map((word) => Buffer.from(word))
const values = [
  'null',
  'true',
  '{}',
  '[]',
  '""',
  '-1',
  '1e999',
  '1e17',
  '"NaN"',
  '"\\ud800"',
  '[[{}]]',
  '"9999-12-31T23:59:59Z"',
]
const place = fc.double({ min: 0, max: 1, noNaN: true })
const edit = fc.oneof(
  { arbitrary: fc.record({ at: place, value: fc.constantFrom(...values) }), weight: 6 },
  fc.record({ at: place, drop: fc.nat({ max: 40 }), insert: fc.constantFrom(...words) }),
  fc.record({ at: place, drop: fc.nat({ max: 4 }), insert: fc.uint8Array({ maxLength: 4 }) }),
  fc.record({ at: place, drop: fc.constant(Infinity), insert: fc.constant(new Uint8Array()) }),
)
const mutated = fc.record({
  payload: fc.constantFrom(...payloads),
  edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
  pieceBytes: fc.constantFrom(1 << 20, 4096, 257),
})

type Edit =
  | { readonly at: number; readonly value: string }
  | { readonly at: number; readonly drop: number; readonly insert: Uint8Array }

/** The next value of a member, as it is written. */
const member = /:\s*("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null)/g

function apply(bytes: Buffer, edit: Edit): Buffer {
  const from = Math.floor(edit.at * bytes.length)
  if (!('value' in edit)) {
    return Buffer.concat([bytes.subarray(0, from), edit.insert, bytes.subarray(from + edit.drop)])
  }
  const text = bytes.toString('latin1')
  member.lastIndex = from
  const found = member.exec(text)
  if (!found) return bytes
  return Buffer.from(`${text.slice(0, found.index)}:${edit.value}${text.slice(member.lastIndex)}`, 'latin1')
}

function read(bytes: Buffer, format: UploadFormat, pieceBytes = bytes.length): Promise<UploadReading> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  )
  return readUpload({ stream: Readable.from(pieces), format, context, maxBytes: 1 << 26 })
}

const codes = ['malformed_body', 'unknown_shape', 'too_large', 'element_too_large']

it.each(ownPayloads.map((payload, index) => [index, payload] as const))(
  'the payload %i that is mutated is read without a refusal as it is',
  async (_index, { bytes, format }) => {
    const { samples, rejected } = await read(bytes, format)
    expect([samples.length > 0, rejected]).toEqual([true, 0])
  },
)

it(`a mutated payload is read whole, or fails with a reason that is named, wherever its bytes are parted (seed ${SEED})`, async () => {
  const outcomes = { read: 0, failed: 0 }
  await fc.assert(
    fc.asyncProperty(mutated, async ({ payload: { bytes, format }, edits, pieceBytes }) => {
      const body = edits.reduce(apply, bytes)
      const reading = await read(body, format, pieceBytes).catch((error: unknown) => error)
      if (reading instanceof Error) {
        outcomes.failed += 1
        if (!isFailure(reading)) throw reading
        expect(codes).toContain(reading.details.code)
        return
      }
      outcomes.read += 1
      const { shape, samples, rejections, rejected } = reading as UploadReading
      expect(shape).not.toBe('')
      expect(rejections.length).toBe(Math.min(100, rejected))
      for (const { path, reason } of rejections)
        expect([typeof path, reason.length > 0]).toEqual(['string', true])
      for (const { id, start, end, value } of samples) {
        expect([id !== '', Number.isFinite(start + end), Number.isFinite(value ?? 0)]).toEqual([
          true,
          true,
          true,
        ])
      }
    }),
    { numRuns: 3000, seed: SEED },
  )
  // Both happen, or the mutations were too gentle or too rough to show anything.
  expect(Math.min(outcomes.read, outcomes.failed)).toBeGreaterThan(300)
}, 240_000)
