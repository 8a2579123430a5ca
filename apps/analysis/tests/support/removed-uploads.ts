import { randomUUID } from 'node:crypto'
import { dayDigestParts } from '@clarity/health-data'
import type { AnalysisWorld, Upload } from './analysis-on-local-cloud.ts'

const AT = '2026-03-10T08:00:00.000Z'

/** As Pub/Sub does it: again, as long as attempts are left. */
export async function delivered(deliver: (attempt: number) => Promise<number>, attempt = 1): Promise<number> {
  const status = await deliver(attempt)
  return status === 204 || attempt === 5 ? status : delivered(deliver, attempt + 1)
}

/** What ingestion does for DELETE, up to the message, which is answered and not yet delivered. */
export async function markDeleted(world: AnalysisWorld, { userId, uploadId, event }: Upload) {
  await world.records.deletions.begin(userId, uploadId, AT)
  const { object, generation } = event
  return { schema_version: 1, user_id: userId, upload_id: uploadId, object, generation }
}

/** Deletes an upload and delivers the message until it is acknowledged. */
export async function remove(world: AnalysisWorld, upload: Upload): Promise<number> {
  const message = await markDeleted(world, upload)
  return delivered((attempt) => world.deliver('upload.deleted', message, attempt))
}

/** Analyses these bodies in this order as one new person's uploads. */
export async function personWith(world: AnalysisWorld, bodies: readonly object[]) {
  const userId = `user-${randomUUID()}`
  const uploads: Upload[] = []
  for (const content of bodies) {
    const upload = await world.store({ content, userId })
    await delivered((deliveryAttempt) => upload.push({ deliveryAttempt }))
    uploads.push(upload)
  }
  return { userId, uploads }
}

/** What is held of a person, told without any upload's id: the same whichever way it came about. */
export async function holdings({ records }: AnalysisWorld, userId: string) {
  const days = await records.days.summaries(userId, '2026-01-01', '2026-12-31')
  const dates = await records.days.sampleDates(userId)
  const shards = await records.days.samples(userId, dates)
  const current = (await records.users.get(userId))?.current_analysis_id
  const analysis = current === undefined ? undefined : await records.analyses.get(userId, current)
  return {
    days: days.map(({ date, digest, steps }) => ({ date, digest, steps })),
    samples: shards.map(({ utc_date, samples }) => ({ utc_date, digest: dayDigestParts(samples) })),
    window: analysis && { digest: analysis.digest, ...analysis.window },
  }
}

/** Whether the stored bytes of an upload can still be read. */
export async function hasBytes({ raw }: AnalysisWorld, { event }: Upload): Promise<boolean> {
  const path = event.object.replace(/^gs:\/\/[^/]+\//, '')
  const opened = await raw.open({ path, generation: event.generation }).catch(() => null)
  opened?.stream.destroy()
  return opened !== null
}
