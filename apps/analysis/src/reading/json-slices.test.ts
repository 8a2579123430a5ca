import fc from 'fast-check'
import { isFailure } from '@clarity/failure'
import { pathInBody } from './json-skeleton.ts'
import { type JsonSlice, jsonSlices, sliceText } from './json-slices.ts'

const limits = { slice: 40, element: 2000 }

async function slicesOf(text: string, pieceBytes = 7): Promise<JsonSlice[]> {
  const bytes = Buffer.from(text)
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  const slices: JsonSlice[] = []
  for await (const slice of jsonSlices(pieces(), limits)) if (slice) slices.push(slice)
  return slices
}

async function failureOf(text: string): Promise<unknown> {
  const error: unknown = await slicesOf(text).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return isFailure(error) ? [error.kind, error.details.code] : error
}

interface Element {
  readonly path: string
  readonly value: unknown
}

/** Every element of the lists of samples, under its path in the whole body. */
function elementsOf(value: unknown, path = ''): Element[] {
  if (Array.isArray(value)) {
    return value.flatMap((element: unknown, index) => {
      const at = `${path}[${index}]`
      const rows = (element as { data?: unknown } | null)?.data
      if (!path.endsWith('metrics') || !Array.isArray(rows)) return [{ path: at, value: element }]
      const { data: _, ...metric } = element as { data: unknown }
      const places = elementsOf(rows, `${at}.data`)
      return places.length === 0 ? [{ path: at, value: metric }] : places.map((row) => ({ ...row, metric }))
    })
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    elementsOf(inner, path === '' ? key : `${path}.${key}`),
  )
}

const inBody = (slice: JsonSlice) =>
  elementsOf(JSON.parse(sliceText(slice))).map((element) => ({
    ...element,
    path: pathInBody(slice.open, element.path),
  }))

const scalar = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)
const element = fc.dictionary(
  fc.string({ maxLength: 4 }),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
  {
    maxKeys: 4,
    noNullPrototype: true,
  },
)
const list = fc.array(fc.oneof({ weight: 4, arbitrary: element }, scalar), { maxLength: 30 })
const rows = fc.array(element, { maxLength: 30 })
const metric = fc.oneof(
  fc.record({ name: fc.string(), units: fc.string(), data: rows }),
  fc.record({ data: rows, name: fc.string(), units: fc.string() }),
)
const body = fc.oneof(
  list,
  fc.record({ samples: list, deletedSamples: list, newAnchor: scalar }),
  fc.record({ provider: scalar, data: fc.record({ records: list, sleep: list }) }),
  fc.record({ data: fc.record({ metrics: fc.array(metric, { maxLength: 5 }), workouts: list }) }),
)

describe('slices of a JSON body', () => {
  it('hold every element once, under the path it has in the whole, wherever its bytes are parted', async () => {
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom(0, 1),
        async (root, size, space) => {
          const text = JSON.stringify(root, null, space)
          const slices = await slicesOf(text, size)
          expect(slices.flatMap(inBody)).toEqual(elementsOf(JSON.parse(text)))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('are many, and each has the root and what stands before its list', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => ({ qty: index }))
    const metrics = [{ name: 'step_count', units: 'count', data: rows }]
    const slices = await slicesOf(JSON.stringify({ v: 1, source: { name: 'a, "b" [{' }, data: { metrics } }))
    expect(slices.length).toBeGreaterThan(3)
    for (const slice of slices) {
      expect(JSON.parse(sliceText(slice))).toMatchObject({
        v: 1,
        source: { name: 'a, "b" [{' },
        data: { metrics: [{ name: 'step_count', units: 'count' }] },
      })
    }
  })

  it('say, once all is read, what stands behind their list', async () => {
    const list = Array.from({ length: 20 }, (_, index) => ({ value: index }))
    const slices = await slicesOf(JSON.stringify({ a: { data: list, type: 'HeartRate' }, unit: 'count' }))
    expect(slices.length).toBeGreaterThan(3)
    for (const slice of slices)
      expect(JSON.parse(sliceText(slice))).toMatchObject({ a: { type: 'HeartRate' }, unit: 'count' })
  })

  it('part the rows of a metric into long runs alone', async () => {
    const rowsOf = (length: number) => Array.from({ length }, (_, index) => ({ qty: index }))
    const metrics = [1, 9, 2, 70, 3, 60, 1, 8, 1].map((length) => ({ data: rowsOf(length), name: 'a' }))
    const runs = (await slicesOf(JSON.stringify({ data: { metrics } }))).flatMap((slice) => {
      const { data } = JSON.parse(sliceText(slice)) as { data: { metrics: typeof metrics } }
      return data.metrics.map((metric) => metric.data.length)
    })
    expect(runs.length).toBeGreaterThan(metrics.length)
    // A row has 10 or 11 bytes, a slice 40 at least.
    expect(Math.min(...runs.filter((length) => ![1, 9, 2, 3, 8].includes(length)))).toBeGreaterThan(3)
  })

  it('do not part one element, such as a workout with its route', async () => {
    const workout = { id: 'w', route: Array.from({ length: 50 }, () => ({ latitude: 1 })) }
    const slices = await slicesOf(JSON.stringify({ workouts: [workout, workout] }))
    expect(slices.flatMap(inBody).map(({ value }) => value)).toEqual([workout, workout])
  })

  it('fail where one element is too large, where nesting has no end, and where brackets do not match', async () => {
    expect(await failureOf(`[["${'x'.repeat(5000)}"]]`)).toEqual(['too-large', 'element_too_large'])
    expect(await failureOf('['.repeat(1000))).toEqual(['malformed', 'malformed_body'])
    for (const broken of ['{"a":[1,2}', '{"a":[', '"text"', '[1]]', '{}{}', '']) {
      expect(await failureOf(broken)).toEqual(['malformed', 'malformed_body'])
    }
  })

  it('passes over white space behind the end, however much', async () => {
    const slices = await slicesOf(`[1, 2]${' \n'.repeat(limits.element)}`)
    expect(slices.map((slice) => JSON.parse(sliceText(slice)) as unknown)).toEqual([[1, 2]])
  })
})
