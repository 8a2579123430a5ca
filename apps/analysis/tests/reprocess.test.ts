import {
  type AnalysisWorld,
  INTERNAL_CALLER,
  type Upload,
  analysisOnLocalCloud,
} from './support/analysis-on-local-cloud.ts'
import { weekOfSteps } from './support/bodies.ts'
import { holdings } from './support/removed-uploads.ts'

let world: AnalysisWorld
beforeAll(async () => {
  world = await analysisOnLocalCloud()
}, 60_000)
afterAll(() => world[Symbol.asyncDispose]())

const body = weekOfSteps([1, 2])
const at = '2026-03-11T08:00:00.000Z'

/** Notes the stored generation, as ingestion does. */
const stored = ({ userId, uploadId, generation }: Upload) =>
  world.records.uploads.advance(userId, uploadId, { at, stage: 'stored', generation })

async function samplesOf({ userId }: Upload, utcDate: string) {
  const shards = await world.records.days.samples(userId, [utcDate])
  return shards.flatMap(({ samples }) => samples)
}

async function reprocess(uploadId: string, query = '', token?: string) {
  const authorization = `Bearer ${token ?? (await world.token({ email: INTERNAL_CALLER }))}`
  const response = await fetch(`${world.url}/internal/reprocess/${uploadId}${query}`, {
    method: 'POST',
    headers: { authorization },
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('POST /internal/reprocess/{upload_id}', () => {
  it('makes the same of the same bytes, and announces it again', async () => {
    const upload = await world.store({ content: body })
    const { userId } = upload
    await stored(upload)
    await upload.push()
    const before = [await holdings(world, userId), (await upload.analysis())?.digest]
    const announced = await world.announced()
    expect(await reprocess(upload.uploadId)).toMatchObject({
      status: 200,
      body: { upload_id: upload.uploadId, status: 'processing', stage: 'predicted', error: null },
    })
    expect([await holdings(world, userId), (await upload.analysis())?.digest]).toEqual(before)
    expect(await world.announced()).toBe(announced + 1)
  })

  it('applies the zone of the settings of now, but not to a zone that came with the upload', async () => {
    const { records } = world
    const upload = await world.store({ content: localTimes })
    const { userId, uploadId } = upload
    await stored(upload)
    await upload.push()
    await records.users.put(userId, { timezone: 'Asia/Tokyo' })
    await reprocess(uploadId, `?user_id=${userId}`)
    expect((await upload.record())?.timezone).toBe('UTC')
    const other = await world.store({ content: localTimes, timezoneSource: 'user' })
    await stored(other)
    await other.push()
    await records.users.put(other.userId, { timezone: 'Asia/Tokyo' })
    expect((await reprocess(other.uploadId)).status).toBe(200)
    const days = await records.days.summaries(other.userId, '2026-01-01', '2026-12-31')
    expect(days.map(({ date, timezone }) => [date, timezone])).toEqual([['2026-03-01', 'Asia/Tokyo']])
    expect(await records.days.sampleDates(other.userId)).toEqual(['2026-02-28'])
    expect(await samplesOf(other, '2026-02-28')).toMatchObject([{ timezone_source: 'user' }])
  })

  it('applies them again where there were none when the upload came', async () => {
    const upload = await world.store({ content: localTimes, timezoneSource: null })
    await stored(upload)
    await upload.push()
    expect(await samplesOf(upload, '2026-03-01')).toMatchObject([{ timezone_source: 'none' }])
    for (const timezone of ['Asia/Tokyo', 'America/New_York']) {
      await world.records.users.put(upload.userId, { timezone })
      await reprocess(upload.uploadId)
      expect(await upload.record()).toMatchObject({ timezone, timezone_source: 'user' })
    }
  })

  it('of an upload that failed for its bytes fails for the same reason', async () => {
    const upload = await world.store({ content: '{"quantity_samples": [' })
    await stored(upload)
    await upload.push()
    const { error } = (await upload.record()) ?? {}
    expect(error?.code).toBe('malformed_body')
    expect(await reprocess(upload.uploadId)).toMatchObject({ status: 200, body: { status: 'failed', error } })
  })

  it('leaves a failure behind that has passed', async () => {
    const upload = await world.store({ content: body })
    await stored(upload)
    const error = { code: 'exhausted', title: 'Exhausted.' }
    await world.records.uploads.fail(upload.userId, upload.uploadId, { at, error })
    expect(await reprocess(upload.uploadId)).toMatchObject({ body: { status: 'processing', error: null } })
  })

  it('is 404 for no upload, 409 for one without bytes, and 401 or 403 for anybody else', async () => {
    const upload = await world.store({ content: body })
    const push = await world.token()
    const foreign = await world.token({ email: INTERNAL_CALLER }, 'foreign')
    const answers = [
      await reprocess('no-such-upload'),
      await reprocess(upload.uploadId),
      await reprocess(upload.uploadId, '', 'a.b.c'),
      await reprocess(upload.uploadId, '', foreign),
      await reprocess(upload.uploadId, '', push),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 409, 401, 401, 403])
    expect((await upload.record())?.status).toBe('received')
  })
})

/** Flutter's health plugin sends local times without an offset: the zone decides when they were. */
const localTimes = [
  {
    uuid: '11111111-0000-4000-8000-000000000001',
    value: { __type: 'NumericHealthValue', numeric_value: 250 },
    type: 'STEPS',
    unit: 'COUNT',
    date_from: '2026-03-01T08:00:00.000',
    date_to: '2026-03-01T08:05:00.000',
    source_platform: 'appleHealth',
    source_device_id: 'D',
    source_id: 'com.apple.health',
    source_name: 'Watch',
    recording_method: 'automatic',
  },
]
