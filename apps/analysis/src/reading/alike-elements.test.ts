import fc from 'fast-check'
import { isFailure } from '@clarity/failure'
import { detectShape, type Rows } from '@clarity/healthkit'
import { AlikeElements } from './alike-elements.ts'
import { readJson } from './read-json.ts'
import { createOutline } from './upload-outline.ts'

const context = { uploadId: 'upload-1', receivedAt: Date.parse('2025-03-20T00:00:00Z') }
const slices = { slice: 400, element: 100_000 }
const wholeLimits = { whole: Infinity, slices: { ...slices, slice: Infinity }, waiting: 100_000 }
const elementLimits = { whole: 0, slices, waiting: 100_000 }

/** All that is read of a body, sorted: lists are read in the shape's order or in the body's. */
async function read(text: string, { limits = elementLimits, pieceBytes = 50 } = {}) {
  const body = Buffer.from(text)
  const bytes = async function* () {
    for (let at = 0; at < body.length; at += pieceBytes) yield body.subarray(at, at + pieceBytes)
  }
  const outline = createOutline()
  const samples = []
  for await (const batch of readJson({ bytes: bytes(), context, maxBytes: Infinity }, limits))
    for (const sample of outline.take(batch)) samples.push(sample)
  const sorted = (all: readonly object[]) => [...all].map((each) => JSON.stringify(each)).sort()
  const { rejections, tombstones } = outline
  return { samples: sorted(samples), rejections: sorted(rejections), tombstones }
}

async function failureOf(text: string) {
  const error: unknown = await read(text).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return isFailure(error) ? error.details.code : error
}

const uuid = fc.oneof(fc.uuid(), fc.constantFrom('', 'no-uuid', 'x'.repeat(80), null))
const value = fc.oneof(
  fc.integer({ min: -10, max: 300 }),
  fc.double({ min: -1000, max: 1000, noNaN: true }),
  fc.constantFrom('72', null, true, 0.1, 1e-7, 1e21, 123456789012345680, -0, [1]),
)
const instant = fc.date({ min: new Date('2025-03-01'), max: new Date('2025-03-19'), noInvalidDate: true })
const date = fc.oneof(
  { weight: 6, arbitrary: instant.map((at) => at.toISOString()) },
  instant.map((at) => at.toISOString().replace(/\.\d+Z/, 'Z')),
  instant.map((at) =>
    at
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z/, ' -0500'),
  ),
  fc.constantFrom('2025-02-30T10:00:00.000Z', 'yesterday', 1741437000, null, '2025-03-08', '"\\é'),
)
const constants = fc.constantFrom(
  {
    identifier: 'HKQuantityTypeIdentifierHeartRate',
    unit: 'count/min',
    metadata: { HKTimeZone: 'Asia/Tokyo' },
  },
  { identifier: 'HKQuantityTypeIdentifierStepCount', unit: 'count', source_name: 'Sam’s Apple\u00a0Watch' },
  {
    identifier: 'HKQuantityTypeIdentifierBodyMass',
    unit: 'lb',
    device: { model: 'Watch "7"', list: [1, {}] },
  },
  { identifier: 'HKQuantityTypeIdentifierOwn', unit: 'x', id: 'A', value: 'twice', type_identifier: '{}[],' },
)
const element = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .record({ constants, uuid, value, start_date: date, end_date: date, isLast: fc.boolean() })
      .map(({ constants, isLast, ...own }) => (isLast ? { ...constants, ...own } : { ...own, ...constants })),
  },
  fc.constantFrom(null, 1, 'text', [], {}, { uuid: 'A', start_date: '2025-03-08T10:00:00Z' }),
)
const list = fc.array(element, { maxLength: 40 })
const body = fc.record({
  user_id: fc.constant('someone'),
  quantity_samples: list,
  correlation_samples: fc.array(fc.constant({ identifier: 'X', start_date: '2025-03-08T10:00:00Z' }), {
    maxLength: 9,
  }),
  category_samples: fc.oneof(list, fc.constant(null)),
  deleted_samples: fc.array(fc.record({ uuid: fc.uuid() }), { maxLength: 5 }),
})

const sdkNames: Readonly<Record<string, string>> = {
  uuid: 'id',
  identifier: 'type',
  start_date: 'startDate',
  end_date: 'endDate',
  source_name: 'zoneOffset',
}
/** The same elements as the Open Wearables SDK names their members. */
const sdkBody = fc.record({ list, zone: fc.constantFrom('+02:00', null) }).map(({ list, zone }) => ({
  sdkVersion: '1',
  data: {
    records: list.map((element) =>
      typeof element === 'object' && element !== null && !Array.isArray(element)
        ? Object.fromEntries(
            Object.entries(element).map(([key, part]) => [
              sdkNames[key] ?? key,
              key === 'source_name' ? zone : part,
            ]),
          )
        : element,
    ),
    sleep: [null],
  },
}))

describe('elements that are read where they stand', () => {
  it('read as they do when the whole body is parsed, wherever its bytes are parted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(body, sdkBody),
        fc.integer({ min: 1, max: 900 }),
        fc.constantFrom(0, 1),
        async (root, pieceBytes, space) => {
          const text = JSON.stringify(root, null, space)
          expect(await read(text, { pieceBytes })).toEqual(await read(text, { limits: wholeLimits }))
        },
      ),
      { numRuns: 400 },
    )
  })

  const row = (index: number) =>
    JSON.stringify({
      identifier: 'HKQuantityTypeIdentifierHeartRate',
      uuid: `00000000-0000-4000-8000-0000000000${index + 10}`,
      value: 60 + index,
      unit: 'count/min',
      start_date: '2025-03-08T10:00:00Z',
    })
  const rows = Array.from({ length: 20 }, (_, index) => row(index))
  const bodyOf = (elements: string) => `{"quantity_samples":[${elements}],"user_id":"someone"}`

  it('are not parsed where one is like one before', () => {
    const elements = new AlikeElements(detectShape({ quantity_samples: [] })?.rows as Rows, context)
    const bytes = Buffer.from(`${row(0)},${row(1)},`)
    const [to, second] = [row(0).length, row(0).length + 1]
    expect(elements.readAlike(bytes, 0, bytes.length)).toBe(0)
    elements.readOther(bytes, { from: 0, to, list: 'quantity_samples', index: 0 })
    expect(elements.readAlike(bytes, second, second + 60)).toBe(-1)
    expect(elements.readAlike(bytes, second, bytes.length)).toBe(bytes.length - 1)
    expect(elements.take().map((reading) => reading.kind === 'sample' && reading.sample.value)).toEqual([
      60, 61,
    ])
  })

  it('are all there, in one list or in two of one name', async () => {
    const { samples, rejections } = await read(bodyOf(rows.join(' ,\n')))
    expect(samples.map((text) => (JSON.parse(text) as { value: number }).value).sort()).toEqual(
      rows.map((_, index) => 60 + index),
    )
    expect(rejections).toEqual([])
    const twice = await read(`{"quantity_samples":[${rows.join()}],"quantity_samples":[${rows.join()}]}`)
    expect(twice.samples.length).toBe(2 * rows.length)
  })

  it.each([
    ['two without a comma', rows.join().replace('},{', '}{')],
    ['text between two', rows.join().replace('},{', '}x,{')],
    ['text before one', rows.join().replace('},{', '},x{')],
    ['a comma too many', rows.join().replace('},{', '},,{')],
    ['a comma at the end', `${rows.join()},`],
    ['a comma at the beginning', `,${rows.join()}`],
    ['a number that JSON does not know', rows.join().replace('"value":79', '"value":079')],
    ['a fraction without digits', rows.join().replace('"value":79', '"value":79.')],
    ['a line end in a text', rows.join().replaceAll('T10:00:00Z', 'T10:00\n00Z')],
    ['another bracket', rows.join().replace('"value":79', '"value":79]')],
  ])('fail with the whole body for %s', async (_, elements) => {
    expect(await failureOf(bodyOf(elements))).toBe('malformed_body')
  })

  it('fail where the body ends among them', async () => {
    const text = bodyOf(rows.join())
    for (const end of [500, 900, 1200, text.indexOf('],"user_id'), text.length - 1])
      expect(await failureOf(text.slice(0, end))).toBe('malformed_body')
  })
})
