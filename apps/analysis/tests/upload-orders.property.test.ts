import { type Sample, identify } from '@clarity/health-data'
import fc from 'fast-check'
import { sample } from './measure-fixtures.ts'
import { type SentUpload, recordAfter } from './support/sent-uploads.ts'

const START = Date.UTC(2026, 2, 1)
const sources = [
  { name: 'Watch', bundle_id: null, product: 'Watch6,7' },
  { name: 'iPhone', bundle_id: null, product: 'iPhone15,2' },
  { name: 'Ring', bundle_id: 'com.example.ring', product: null },
  { name: 'Watch|iPhone', bundle_id: null, product: null },
]
const types = [
  'step_count',
  'distance_walking_running',
  'active_energy_burned',
  'apple_stand_time',
  'heart_rate',
  'resting_heart_rate',
  'respiratory_rate',
  'oxygen_saturation',
  'apple_sleeping_wrist_temperature',
  'blood_pressure_systolic',
  'blood_pressure_diastolic',
  'sleep_analysis',
  'sleep_night',
  'workout',
]
const manyZones = ['UTC', 'America/New_York', 'America/Los_Angeles', 'Asia/Tokyo', 'Pacific/Auckland']
const extents = [{}, {}, { extent: 'bucket' }, { extent: 'missing' }] as const
const stages = [0, 1, 2, 3, 4]
const writersOwn = fc.record({ id: fc.constantFrom('s', 't'), version: fc.integer({ min: 1, max: 3 }) })
const uuidOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** What any client says: also of what another said in another zone, or found implausible. */
interface Spoken {
  readonly zones: readonly string[]
  readonly said: readonly string[]
  /** Quarters of an hour in which all of it starts. */
  readonly quarters: number
  /** Of all clients together. */
  readonly most: number
  readonly runs: number
}

const anySample = ({ zones, said, quarters }: Spoken) =>
  fc
    .record({
      uuid: fc.option(fc.nat({ max: 30 }), { freq: 2 }),
      type: fc.constantFrom(...said),
      quarter: fc.nat({ max: quarters }),
      minutes: fc.constantFrom(0, 1, 15, 30, 60, 90, 240, 480, 600),
      value: fc.constantFrom(...stages),
      source: fc.constantFrom(...sources),
      timezone: fc.constantFrom(...zones),
      extent: fc.constantFrom(...extents),
      isTyped: fc.boolean(),
      sync: fc.oneof({ arbitrary: fc.constant(null), weight: 5 }, writersOwn),
      verdict: fc.constantFrom('accepted', 'accepted', 'accepted', 'accepted', 'implausible'),
    })
    .map(({ uuid, type, quarter, minutes, value, extent, isTyped, verdict, sync, ...rest }): Sample => {
      // A UUID names one start, of one type, for good.
      const start = START + (uuid === null ? quarter : (uuid * 13) % quarters) * 15 * 60_000
      const named = uuid === null ? type : said[uuid % said.length]!
      const isSleep = named.startsWith('sleep_')
      const [from, to] = [start, start + minutes * 60_000].map((instant) => new Date(instant).toISOString())
      const told = sample(from!, to!, {
        ...rest,
        ...(isSleep ? {} : extent),
        type: named,
        value: isSleep ? value : value * 20,
        user_entered: isTyped && value === 0,
        ...(sync && { sync }),
        base_verdict: verdict,
        verdict,
      })
      return {
        ...told,
        id: uuid === null ? identify({ ...told, uuid: undefined, detail: '' }) : uuidOf(uuid),
      }
    })

const threeUploads = (spoken: Spoken) =>
  fc
    .record({
      sent: fc.array(fc.tuple(anySample(spoken), fc.nat({ max: 2 })), {
        minLength: 1,
        maxLength: spoken.most,
      }),
      deleted: fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 3 }),
    })
    .map(({ sent, deleted }) => {
      const tombstones = deleted.map((number) => ({ id: uuidOf(number), upload_ids: [] }))
      const uploadOf = (part: number): SentUpload => ({
        name: `upload-${9 - part}`,
        samples: sent.filter(([, of]) => of === part).map(([said]) => said),
        tombstones: part === 0 ? tombstones : [],
      })
      return [uploadOf(0), uploadOf(1), uploadOf(2)] as const
    })

describe.each([
  ['disagree on the zone too', { zones: manyZones, said: types, quarters: 400, most: 25, runs: 400 }],
  // Few, so that nothing else makes anew what they must.
  [
    'tell sums of one another’s time',
    { zones: ['Asia/Tokyo'], said: ['step_count'], quarters: 90, most: 5, runs: 1500 },
  ],
])('uploads of clients that %s', (_, spoken) => {
  it('end in the same days, names of uploads included, in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(threeUploads(spoken), async ([a, b, c]) => {
        const expected = await recordAfter([a, b, c])
        for (const order of [
          [c, b, a],
          [b, c, a, b],
          [c, a, b],
        ])
          expect(await recordAfter(order)).toEqual(expected)
      }),
      { numRuns: spoken.runs },
    )
  }, 60_000)

  it('leave the days of the others once one is withdrawn', async () => {
    await fc.assert(
      fc.asyncProperty(threeUploads(spoken), async ([a, b, c]) => {
        const expected = await recordAfter([a, c])
        for (const order of [
          [a, b, c],
          [b, c, a],
        ])
          expect(await recordAfter(order, b.name)).toEqual(expected)
      }),
      { numRuns: spoken.runs },
    )
  }, 60_000)
})
