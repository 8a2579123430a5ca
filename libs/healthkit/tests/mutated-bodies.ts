import fc from 'fast-check'
import type { Reading, Shape } from '../src/reading.ts'
import { context, sorted } from './read-with.ts'

type Json = unknown
type Elements = readonly Json[]

/** A shape with elements that its client sends. */
export interface Client {
  readonly shape: Shape
  readonly elements: Elements
  /** A body of the shape that holds the elements in one of its lists. */
  wrap(elements: Elements): Json
  /** How many readings the body gives before those of its elements. */
  readonly leading?: number
}

const canary = 'c4n4ry'
const oddities: Elements = [
  ...[null, true, '', 'NaN', canary, -1, 0, 1e308, -1e308, 5e-324, 2 ** 53, 1e17, [], {}, [null], [[[]]]],
  ...[
    { value: {} },
    { numericValue: [] },
    { unit: canary },
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59-12:00',
  ],
  ...[
    '2025-02-30T00:00:00Z',
    '2025-11-02T01:30:00',
    'A'.repeat(5000),
    '\u0000',
    '\ud800',
    '+99:99',
    'HKTimeZone',
  ],
  JSON.parse('{"__proto__": {"value": 1}, "constructor": 1, "hasOwnProperty": 1, "toString": null}'),
]
const anyOddity = fc.oneof(fc.constantFrom(...oddities), fc.jsonValue({ maxDepth: 3 }))

/** The value with the part at a place, counted over all its parts, exchanged. */
function exchanged(value: Json, place: { left: number }, by: Json): Json {
  place.left -= 1
  if (place.left < 0) return by
  if (Array.isArray(value)) return (value as Elements).map((item) => visit(item, place, by))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, place, by)]))
}

function visit(value: Json, place: { left: number }, by: Json): Json {
  return place.left < 0 ? value : exchanged(value, place, by)
}

const mutation = fc.record({ place: fc.nat({ max: 24 }), by: anyOddity })
const elementOf = (client: Client) =>
  fc
    .tuple(fc.constantFrom(...client.elements), fc.array(mutation, { maxLength: 3 }))
    .map(([element, mutations]) =>
      mutations.reduce<Json>((value, { place, by }) => exchanged(value, { left: place }, by), element),
    )
const bodyOf = (clients: readonly Client[]) =>
  fc.constantFrom(...clients).chain((client) =>
    fc.record({
      client: fc.constant(client),
      elements: fc.array(elementOf(client), { minLength: 1, maxLength: 12 }),
      timezone: fc.constantFrom('America/New_York', 'Pacific/Apia', undefined),
    }),
  )

function readAll({
  client,
  elements,
  timezone,
}: {
  client: Client
  elements: Elements
  timezone?: string | undefined
}) {
  const zone = timezone === undefined ? {} : { uploadTimezone: timezone }
  return [...client.shape.read(client.wrap(elements), { ...context, ...zone }, '')]
}

function isWhole(reading: Reading): boolean {
  if (reading.kind !== 'sample') return true
  const { id: identity, start, end, type, value, unit } = reading.sample
  return (
    [start, end].every(Number.isFinite) &&
    (value === null || Number.isFinite(value)) &&
    [identity, type, unit].every((text) => typeof text === 'string')
  )
}

/** What holds for whatever a client, or somebody with bad intentions, sends in these shapes. */
export function describeMutatedBodies(clients: readonly Client[]): void {
  const body = bodyOf(clients)

  it('are read without an error, every element to at least one whole reading', () => {
    fc.assert(
      fc.property(body, (sent) => {
        const readings = readAll(sent)
        expect(readings.length).toBeGreaterThanOrEqual(sent.elements.length)
        expect(readings.filter((reading) => !isWhole(reading))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('are refused without a word of their values', () => {
    fc.assert(
      fc.property(body, (sent) => {
        const { rejections } = sorted(readAll(sent))
        expect(JSON.stringify(rejections.map(({ path, reason }) => [path, reason]))).not.toContain(canary)
      }),
      { numRuns: 300 },
    )
  })

  it('give the same samples in two slices as in one', () => {
    fc.assert(
      fc.property(body, fc.nat({ max: 12 }), (sent, at) => {
        const parts = [sent.elements.slice(0, at), sent.elements.slice(at)].map((elements) =>
          sorted(readAll({ ...sent, elements })),
        )
        const { leading = 0 } = sent.client
        const whole = sorted(readAll(sent))
        const [first, second] = parts.map(({ samples }) => samples)
        expect([...(first ?? []), ...(second ?? []).slice(leading)]).toEqual(whole.samples)
      }),
      { numRuns: 300 },
    )
  })

  it('are detected or not, at the root or mutated whole, without an error', () => {
    fc.assert(
      fc.property(body, mutation, ({ client, elements }, { place, by }) => {
        const root = exchanged(client.wrap(elements), { left: place }, by)
        for (const { shape } of clients) {
          shape.matches(root)
          expect([...shape.read(root, context, '')].every(isWhole)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
}
