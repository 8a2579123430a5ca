import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataOf } from '@clarity/api-client'
import type { SummaryRow } from '@clarity/health-data'
import type { System } from '@clarity/testkit'
import { type ApiClient, type Outcome, type UploadBody, signIn } from '../src/api-client.ts'
import { fileBody } from '../src/upload-file.ts'

const SHARED = join(import.meta.dirname, '../../../../shared')
const PATIENCE_MS = 110_000

/** `describe` where the shared samples lie beside the repository; else a skip that says so. */
export function describeWithShared(name: string, tests: () => void): void {
  const present = existsSync(join(SHARED, 'samples'))
  if (!present) console.log(`skipped: ${name} (the shared samples are not beside this repository)`)
  ;(present ? describe : describe.skip)(name, tests)
}

export function sharedPath(path: string): string {
  return join(SHARED, path)
}

export function sharedJson<T>(path: string): T {
  return JSON.parse(readFileSync(sharedPath(path), 'utf8')) as T
}

/** A new person, signed in. */
export function newPerson(system: System): Promise<ApiClient> {
  return signIn(system.services.ingestion.url, {
    email: `${randomUUID()}@example.org`,
    password: 'a-long-enough-password',
  })
}

/** Uploads a shared sample and waits for its insight. */
export async function uploadSample(person: ApiClient, path: string, timezone: string): Promise<Outcome> {
  return uploadAndFollow(person, fileBody(sharedPath(`samples/${path}`), timezone))
}

export async function uploadAndFollow(person: ApiClient, body: UploadBody): Promise<Outcome> {
  const { upload_id: uploadId } = await person.upload(body)
  return person.follow(uploadId, AbortSignal.timeout(PATIENCE_MS))
}

/** The summary rows of these civil dates by date, as the public API answers them. */
export async function summaryRows(
  { api }: ApiClient,
  query: { start: string; end: string },
): Promise<Map<string, SummaryRow>> {
  const { data } = await dataOf(api.GET('/api/v1/health-data/summary', { params: { query } }))
  return new Map(data.map((row) => [row.date, row]))
}
