import { randomUUID } from 'node:crypto'
import type { Sample } from '@clarity/health-data'
import { startLocalCloud } from '@clarity/local-cloud'
import { createFirestoreRecordStore } from '@clarity/record-store'
import { createSampleSpool } from '../src/reading/sample-spool.ts'
import { createMergeRounds } from '../src/use-cases/merge-rounds.ts'
import { sample } from './measure-fixtures.ts'

const DAY = '2026-03-01'
const SECONDS = 86_400
const projectId = 'test-dense-day'

/** A heart rate a second for a day, each with an identity that does not compress. */
function everySecond(): Sample[] {
  const template = sample(`${DAY}T00:00:00Z`, `${DAY}T00:00:00Z`, { type: 'heart_rate', unit: 'count/min' })
  return Array.from({ length: SECONDS }, (_, second) => {
    const start = template.start + second * 1000
    return { ...template, id: randomUUID(), start, end: start, value: 60 + (second % 40) }
  })
}

afterAll(() => {
  delete process.env.FIRESTORE_EMULATOR_HOST
})

describe('a day with a heart rate every second', () => {
  it('is stored in documents below their limit of 1 MiB, and reads back', async () => {
    await using cloud = await startLocalCloud({ projectId, services: ['firestore'] })
    // The local cloud refuses a larger document, as Firestore does.
    process.env.FIRESTORE_EMULATOR_HOST = cloud.environment.FIRESTORE_EMULATOR_HOST
    await using records = createFirestoreRecordStore({ projectId, userHashKey: 'a key for marks in tests' })
    const { upload } = await records.uploads.createOnce({
      userId: 'anna',
      bodySha256: 'dense',
      receivedAt: `${DAY}T23:59:59.000Z`,
      build: ({ uploadId }) => ({
        object_path: `incoming/anna/${uploadId}`,
        format: 'json',
        content_type: 'application/json',
        content_encoding: 'gzip',
        bytes: 1,
        decoded_bytes: 1,
        timezone: 'UTC',
        warnings: [],
        received_at: `${DAY}T23:59:59.000Z`,
        trace_id: null,
      }),
    })
    const samples = everySecond().map((each) => ({ ...each, upload_ids: [upload.upload_id] }))
    const merging = async (some: readonly Sample[]) => {
      const event = { user_id: 'anna', upload_id: upload.upload_id } as never
      const rounds = createMergeRounds(records.days, { upload: event, modelSha256: 'a'.repeat(64) })
      const spool = createSampleSpool()
      spool.add(some)
      await rounds.finish(spool, [])
      return rounds.tally()
    }

    expect(await merging(samples)).toMatchObject({ accepted: SECONDS, duplicate: 0 })
    expect(await records.days.summaries('anna', DAY, DAY)).toMatchObject([
      { heart_rate: { count: SECONDS, min: 60, max: 99 } },
    ])
    const [shard] = await records.days.samples('anna', [DAY])
    expect(new Set(shard?.samples.map(({ id }) => id))).toEqual(new Set(samples.map(({ id }) => id)))
  }, 120_000)
})
