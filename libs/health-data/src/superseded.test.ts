import { buildSample } from '../tests/build-sample.ts'
import { mergeIntoShards, type Sample, type Shards, syncIdentity } from './index.ts'

const uuid = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`
const named = (name: string) => ({ name, bundle_id: null, product: null })

interface Version {
  readonly version: number
  readonly uuid?: string
  readonly name: string
}

/** A sample of one writer, whom clients name as they like; its second version starts two hours, its third a date later. */
function versionOf({ version, name, ...rest }: Version): Sample {
  const start = ['08', '10', '34'][version - 1]!
  const from = Date.parse('2025-03-10T00:00:00Z') + Number(start) * 3_600_000
  return buildSample({
    ...rest,
    type: 'step_count',
    start: from,
    end: from + 3_600_000,
    value: 100 * version,
    source: named(name),
    sync: { id: 'q', version },
    ...(rest.uuid === undefined && {
      id: syncIdentity({ type: 'step_count', source: named(name), sync: { id: 'q', version } }),
    }),
  })
}

function mergeInTurn(uploads: readonly (readonly Sample[])[]): Shards {
  let shards: Shards = new Map()
  for (const incoming of uploads) {
    const compared = new Set(
      incoming.flatMap(({ sync, ...rest }) => (sync ? syncIdentity({ ...rest, sync }) : [])),
    )
    const { changed } = mergeIntoShards({ existing: shards, incoming, tombstones: [], compared })
    shards = new Map([...shards, ...changed])
  }
  return new Map([...shards].sort())
}

function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    orders(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}

const accepted = (shards: Shards) =>
  [...shards.values()].flat().flatMap(({ verdict, value }) => (verdict === 'accepted' ? [value] : []))

describe('versions of one writer', () => {
  // Two clients call the writer `A`, one of them its newer version `B` as the third does.
  const uploads = (...versions: Version[]) => versions.map((version) => [versionOf(version)])
  const sent = uploads(
    { version: 1, uuid: uuid(1), name: 'A' },
    { version: 2, uuid: uuid(2), name: 'A' },
    { version: 1, name: 'B' },
    { version: 2, uuid: uuid(2), name: 'B' },
  )

  it('end alike in any order, whichever client’s copy stands for the newest', () => {
    for (const order of orders(sent)) expect(accepted(mergeInTurn(order))).toEqual([200])
  })

  it('end alike where the newest lies on another date', () => {
    const later = uploads({ version: 3, uuid: uuid(3), name: 'A' }, { version: 3, uuid: uuid(3), name: 'B' })
    const ends = orders([...sent.slice(1), ...later]).map(mergeInTurn)
    for (const end of ends) expect(end).toEqual(ends[0])
    expect(accepted(ends[0]!)).toEqual([300])
  })

  it('are those of one device, however clients name it', () => {
    const watches = uploads(
      { version: 1, uuid: uuid(1), name: 'Apple Watch' },
      { version: 2, uuid: uuid(2), name: 'Zoë’s Apple Watch' },
    )
    for (const order of orders(watches)) expect(accepted(mergeInTurn(order))).toEqual([200])
  })
})

describe('copies of one sample', () => {
  const copy = (parts: Partial<Sample>) =>
    buildSample({ start: '2025-03-10T08:00:00Z', uuid: uuid(1), type: 'step_count', value: 100, ...parts })
  const nobody = { name: null, bundle_id: null, product: null }

  it('are represented by the one that names its source, though another starts a rounding error later', () => {
    const copies = [[copy({})], [copy({ source: nobody, start: Date.parse('2025-03-10T08:00:00.001Z') })]]
    for (const order of orders(copies))
      expect([...mergeInTurn(order).values()].flat()).toMatchObject([
        { verdict: 'accepted', source: { name: 'Apple Watch' } },
        { verdict: 'duplicate' },
      ])
  })

  it('are typed in where any client says so', () => {
    const copies = [[copy({ user_entered: true, source: named('Health') })], [copy({})]]
    for (const order of orders(copies))
      expect([...mergeInTurn(order).values()].flat()).toMatchObject([
        { verdict: 'accepted', user_entered: true },
        { verdict: 'duplicate' },
      ])
  })
})
