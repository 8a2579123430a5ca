import type { Sample, Tombstone } from '@clarity/health-data'
import type { Days } from '@clarity/record-store'
import { readInput } from '../../src/measures/analysis-input.ts'
import { subtractUpload } from '../../src/measures/subtract-upload.ts'
import { createSampleSpool } from '../../src/reading/sample-spool.ts'
import { createMergeRounds } from '../../src/use-cases/merge-rounds.ts'
import { daysInMemory } from './days-in-memory.ts'

const SOURCE = { userId: 'anna', modelSha256: 'a'.repeat(64) }

/** What one upload brings and deletes; its samples and tombstones need not name it. */
export interface SentUpload {
  readonly name: string
  readonly samples: readonly Sample[]
  readonly tombstones: readonly Tombstone[]
}

/** The days and the last analysis's input once these uploads were merged, one after the other, and one was withdrawn. */
export async function recordAfter(uploads: readonly SentUpload[], withdrawn?: string) {
  const { store, days, read, current } = daysInMemory()
  for (const upload of uploads) await send(store, upload)
  if (withdrawn !== undefined) await withdraw(store, withdrawn)
  const input = await readInput(read, SOURCE)
  // What a merge names by its days is what reading them finds.
  if (withdrawn === undefined) expect(input?.analysisId ?? null).toBe(current.at(-1) ?? null)
  return {
    days: new Map([...days].sort()),
    input: input && { id: input.analysisId, digest: input.digest, samples: input.samples },
  }
}

async function send(store: Days, { name, samples, tombstones }: SentUpload): Promise<void> {
  const upload = { user_id: SOURCE.userId, upload_id: name } as never
  const rounds = createMergeRounds(store, { upload, modelSha256: SOURCE.modelSha256 })
  const spool = createSampleSpool({ held: 10, packedBytes: 1e9 })
  for (const each of samples) spool.add([{ ...each, upload_ids: [name] }])
  await rounds.finish(
    spool,
    tombstones.map(({ id }) => ({ id, upload_ids: [name] })),
  )
}

/** As a withdrawal does it, some dates a transaction. */
async function withdraw(store: Days, name: string): Promise<void> {
  const dates = await store.sampleDates(SOURCE.userId)
  for (let at = 0; at < dates.length; at += 3) {
    await store.merge(SOURCE.userId, {
      uploadId: null,
      utcDates: dates.slice(at, at + 3),
      build: async (state) => (await subtractUpload(state, name)).result,
    })
  }
}
