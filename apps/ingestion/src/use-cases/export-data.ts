import { representatives, toSampleLine } from '@clarity/health-data'
import type { Page, PageOf, RecordStore } from '@clarity/record-store'
import { toUploadView } from './to-upload-view.ts'
import { walkShards } from './walk-shards.ts'

/** Records of one read, and samples of one chunk. */
const RECORDS_A_READ = 100
const LINES_A_CHUNK = 1000

/**
 * Everything that is held of a person as lines of JSON, `kind` first: samples (all but deleted ones) by date, then
 * uploads, analyses and insights, newest first. Only a read's worth is in memory at a time.
 */
export function exportData({ days, uploads, analyses, insights }: RecordStore) {
  return async function* (userId: string): AsyncGenerator<string> {
    for await (const { samples } of walkShards(days, { userId, from: '0000-01-01', to: '9999-12-31' })) {
      const held = representatives(samples).filter(({ verdict }) => verdict !== 'deleted')
      for (let from = 0; from < held.length; from += LINES_A_CHUNK) {
        yield lines('sample', held.slice(from, from + LINES_A_CHUNK).map(toSampleLine))
      }
    }
    for await (const page of pages((asked) => uploads.list(userId, asked))) {
      yield lines('upload', page.map(toUploadView))
    }
    for await (const page of pages((asked) => analyses.list(userId, asked))) yield lines('analysis', page)
    for await (const page of pages((asked) => insights.history(userId, asked))) yield lines('insight', page)
  }
}

function lines(kind: string, things: readonly object[]): string {
  return things.map((thing) => `${JSON.stringify({ kind, ...thing })}\n`).join('')
}

async function* pages<T>(read: (page: Page) => Promise<PageOf<T>>): AsyncGenerator<readonly T[]> {
  let page = await read({ limit: RECORDS_A_READ })
  for (;;) {
    if (page.data.length > 0) yield page.data
    if (page.next === null) return
    page = await read({ limit: RECORDS_A_READ, cursor: page.next })
  }
}
