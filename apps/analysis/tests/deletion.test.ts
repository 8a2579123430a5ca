import { createSampleSpool } from '../src/reading/sample-spool.ts'
import { createMergeRounds } from '../src/use-cases/merge-rounds.ts'
import { hourly } from './measure-fixtures.ts'
import { type AnalysisWorld, type Upload, analysisOnLocalCloud } from './support/analysis-on-local-cloud.ts'
import { anchoredAnswer, uuidAt, versionOfSteps, weekOfSteps } from './support/bodies.ts'
import { delivered, hasBytes, holdings, markDeleted, personWith, remove } from './support/removed-uploads.ts'

let world: AnalysisWorld
beforeAll(async () => {
  world = await analysisOnLocalCloud()
}, 60_000)
afterEach(() => world.clearFaults())
afterAll(() => world[Symbol.asyncDispose]())

// Too few days for the model: nothing here is about it.
const early = weekOfSteps([1, 2])
const late = weekOfSteps([2, 3])

const controls = new Map<string, ReturnType<typeof holdings>>()

/** Holdings of a person who never sent anything else; one person serves every test that compares with them. */
function control(bodies: readonly object[]): ReturnType<typeof holdings> {
  const key = JSON.stringify(bodies)
  const known = controls.get(key) ?? personWith(world, bodies).then(({ userId }) => holdings(world, userId))
  controls.set(key, known)
  return known
}

it('two uploads that are analysed at once end in the days and the current analysis of both', async () => {
  const first = await world.store({ content: early })
  const second = await world.store({ content: late, userId: first.userId })
  await Promise.all(
    [first, second].map(({ push }) => delivered((attempt) => push({ deliveryAttempt: attempt }))),
  )
  expect(await holdings(world, first.userId)).toEqual(await control([early, late]))
})

it('an upload that breaks half-way takes back what was merged of it, and the rest is analysed', async () => {
  const { userId } = await personWith(world, [early])
  const broken = await world.store({ content: JSON.stringify(weekOfSteps([2, 3])).slice(0, -40), userId })
  const { rounds, spool } = roundsOf(broken)
  await rounds.merge(spool)
  const other = await world.store({ content: weekOfSteps([4]), userId })
  await other.push()
  expect(await holdings(world, userId)).not.toEqual(await control([early, weekOfSteps([4])]))
  expect(await broken.push()).toBe(204)
  expect(await broken.record()).toMatchObject({ status: 'failed', error: { code: 'malformed_body' } })
  expect(await holdings(world, userId)).toEqual(await control([early, weekOfSteps([4])]))
})

describe('a deleted upload', () => {
  it('leaves what another upload also brought, and the rest is analysed and announced once more', async () => {
    const { userId, uploads } = await personWith(world, [early, late])
    const [first, second] = uploads as [(typeof uploads)[0], (typeof uploads)[0]]
    const before = await second.analysis()
    const expected = await control([late])
    const announced = await world.announced()
    expect(await remove(world, first)).toBe(204)
    expect(await holdings(world, userId)).toEqual(expected)
    expect(await hasBytes(world, first)).toBe(false)
    expect(await hasBytes(world, second)).toBe(true)
    const { current_analysis_id: current } = (await world.records.users.get(userId)) ?? {}
    expect(await world.records.analyses.list(userId, { limit: 10 })).toMatchObject({
      data: [{ analysis_id: current, upload_id: null, upload_ids: [second.uploadId] }],
    })
    expect(current).not.toBe(before?.analysis_id)
    expect(await world.announced()).toBe(announced + 1)
  })

  it('gives the older version back that its own took the place of, on another date', async () => {
    const [older, newer] = [versionOfSteps(1, [2, 12]), versionOfSteps(2, [5, 12])]
    const { userId, uploads } = await personWith(world, [early, newer, older])
    expect((await holdings(world, userId)).days).toEqual((await control([early, newer])).days)
    await remove(world, uploads[1]!)
    expect(await holdings(world, userId)).toEqual(await control([early, older]))
  })

  it('leaves its samples to another upload that was completed as its duplicate', async () => {
    const { userId, uploads } = await personWith(world, [early])
    const { records, raw } = world
    const [original, at] = [uploads[0]!, '2026-03-10T07:00:00.000Z']
    const { body_sha256 } = (await original.record())!
    const bytes = Buffer.from(JSON.stringify(early))
    const path = `incoming/${userId}/second`
    const object = { path, bytes, contentType: 'application/json', format: 'json', sha256: body_sha256! }
    const { generation } = await raw.putOnce(object)
    const size = { bytes: bytes.length, decoded_bytes: bytes.length, content_encoding: null }
    const announced = {
      user_id: userId,
      upload_id: 'second',
      object_path: path,
      content_type: 'application/json',
    }
    await records.uploads.announce({
      ...announced,
      ...size,
      timezone: 'UTC',
      warnings: [],
      received_at: at,
      trace_id: null,
    })
    const arrival = { ...size, at, generation, body_sha256: body_sha256!, format: 'json' } as const
    const duplicate = await records.uploads.arrive(userId, 'second', arrival)
    expect(duplicate?.duplicate_of).toBe(original.uploadId)
    expect(await remove(world, original)).toBe(204)
    expect(await holdings(world, userId)).toEqual(await control([early]))
    const second = await records.uploads.get(userId, 'second')
    expect(second).toMatchObject({ stage: 'predicted', samples: { accepted: 48 } })
    expect(second?.duplicate_of).toBeUndefined()
  })

  it('that comes again changes and announces nothing', async () => {
    const { userId, uploads } = await personWith(world, [early, late])
    const message = await markDeleted(world, uploads[0]!)
    await world.deliver('upload.deleted', message)
    const after = [await holdings(world, userId), await world.announced()]
    expect(await world.deliver('upload.deleted', message)).toBe(204)
    expect([await holdings(world, userId), await world.announced()]).toEqual(after)
  })

  it('that was the only one leaves nothing to analyse', async () => {
    const { userId, uploads } = await personWith(world, [early])
    const announced = await world.announced()
    expect(await remove(world, uploads[0]!)).toBe(204)
    expect(await holdings(world, userId)).toEqual({ days: [], samples: [], window: undefined })
    expect((await world.records.analyses.list(userId, { limit: 10 })).data).toEqual([])
    expect(await world.announced()).toBe(announced)
  })

  it.each([
    ['before it was analysed', async () => undefined],
    ['after it was analysed', async (push: () => Promise<number>) => void (await push())],
  ])('whose message comes again, %s, has no effect', async (_title, first) => {
    const upload = await world.store({ content: early })
    await first(() => upload.push())
    await remove(world, upload)
    const announced = await world.announced()
    expect(await upload.push()).toBe(204)
    expect(await holdings(world, upload.userId)).toEqual({ days: [], samples: [], window: undefined })
    expect(await world.announced()).toBe(announced)
  })

  it('is gone although it is being analysed meanwhile', async () => {
    const { userId, uploads } = await personWith(world, [late])
    const upload = await world.store({ content: early, userId })
    const message = await markDeleted(world, upload)
    const analysing = await world.store({ content: weekOfSteps([4]), userId })
    const answers = await Promise.all([
      delivered((deliveryAttempt) => upload.push({ deliveryAttempt })),
      delivered((deliveryAttempt) => analysing.push({ deliveryAttempt })),
      delivered((attempt) => world.deliver('upload.deleted', message, attempt)),
    ])
    expect(answers).toEqual([204, 204, 204])
    expect(await holdings(world, userId)).toEqual(await control([late, weekOfSteps([4])]))
    expect(uploads).toHaveLength(1)
  })

  it('that still stands is not removed', async () => {
    const upload = await world.store({ content: early })
    await upload.push()
    const { object, generation } = upload
    const ids = { schema_version: 1, user_id: upload.userId, upload_id: upload.uploadId }
    expect(await world.deliver('upload.deleted', { ...ids, object, generation })).toBe(204)
    expect(await hasBytes(world, upload)).toBe(true)
    expect((await upload.record())?.status).toBe('processing')
  })

  it('nobody recorded loses its bytes alone', async () => {
    const { userId, uploads } = await personWith(world, [late])
    const before = await holdings(world, userId)
    const orphan = await world.store({ content: early, userId: `${userId}-other` })
    const { object, generation } = orphan
    const ids = { schema_version: 1, user_id: userId, upload_id: 'never-recorded' }
    expect(await world.deliver('upload.deleted', { ...ids, object, generation })).toBe(204)
    expect(await hasBytes(world, orphan)).toBe(false)
    expect(await holdings(world, userId)).toEqual(before)
    expect(await hasBytes(world, uploads[0]!)).toBe(true)
  })

  it('outside the bucket is acknowledged: it can never succeed', async () => {
    const ids = { schema_version: 1, user_id: 'u', upload_id: 'u1', generation: null }
    expect(await world.deliver('upload.deleted', { ...ids, object: 'gs://elsewhere/raw/u1' })).toBe(204)
  })
})

describe('tombstones of a deleted upload', () => {
  const [one, two] = [uuidAt(2, 9), uuidAt(2, 10)]
  const both = anchoredAnswer([one, two])

  it('are gone, and what they buried counts again', async () => {
    const { userId, uploads } = await personWith(world, [early, both])
    await remove(world, uploads[1]!)
    expect(await holdings(world, userId)).toEqual(await control([early]))
  })

  it('that came before the samples are gone as well', async () => {
    const { userId, uploads } = await personWith(world, [both, early])
    await remove(world, uploads[0]!)
    expect(await holdings(world, userId)).toEqual(await control([early]))
  })

  it('stay where another upload also brought them', async () => {
    const { userId, uploads } = await personWith(world, [early, both, anchoredAnswer([one])])
    await remove(world, uploads[1]!)
    expect(await holdings(world, userId)).toEqual(await control([early, anchoredAnswer([one])]))
    await remove(world, uploads[2]!)
    expect(await holdings(world, userId)).toEqual(await control([early]))
  })

  it('hold when other samples of the day arrive later', async () => {
    const { userId } = await personWith(world, [early, both, weekOfSteps([2])])
    const days = await world.records.days.summaries(userId, '2026-03-02', '2026-03-02')
    expect(days[0]?.steps).toBe(2676 - 109 - 110)
  })
})

/** The merging of some of an upload, as where its body is too large to wait. */
function roundsOf({ event }: Upload) {
  const spool = createSampleSpool()
  const part = hourly('2026-03-03', [8, 12], { upload_ids: [event.upload_id] })
  spool.add(part)
  const rounds = createMergeRounds(world.records.days, { upload: event, modelSha256: 'a'.repeat(64) })
  return { rounds, spool }
}

describe('a deletion that breaks half-way', () => {
  it.each([
    ['while the bytes are removed', { service: 'storage', code: 503, times: 3 }],
    [
      'while the days are read',
      { service: 'firestore', method: 'BatchGetDocuments', code: 'UNAVAILABLE', times: 100 },
    ],
    ['while the days are written', { service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED' }],
    [
      'once the days are written',
      { service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED', after: 1 },
    ],
    ['once it is noted', { service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED', after: 2 }],
    [
      'once the analyses are gone',
      { service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED', after: 3 },
    ],
    [
      'once the new analysis stands',
      { service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED', after: 4 },
    ],
    ['while it is announced', { service: 'pubsub', method: 'Publish', code: 'PERMISSION_DENIED' }],
  ] as const)('%s ends as one that did not', async (_title, fault) => {
    const { userId, uploads } = await personWith(world, [early, late])
    const message = await markDeleted(world, uploads[0]!)
    const times = fault.service === 'firestore' && 'after' in fault ? { times: 1 } : {}
    await world.inject({ times: 1, ...fault, ...times } as never)
    expect(await world.deliver('upload.deleted', message)).toBeGreaterThanOrEqual(500)
    await world.clearFaults()
    expect(await delivered((attempt) => world.deliver('upload.deleted', message, attempt))).toBe(204)
    expect(await holdings(world, userId)).toEqual(await control([late]))
    expect(await hasBytes(world, uploads[0]!)).toBe(false)
    const { data } = await world.records.analyses.list(userId, { limit: 10 })
    expect(data.map(({ upload_ids }) => upload_ids)).toEqual([[uploads[1]!.uploadId]])
  })
})
