import { setTimeout as delay } from 'node:timers/promises'
import type { SummaryRow } from '@clarity/health-data'
import { type System, startSystem } from '@clarity/testkit'
import type { ApiClient, UploadBody } from '../src/api-client.ts'
import { demoUpload } from '../src/demo/demo-upload.ts'
import { newPerson, summaryRows, uploadAndFollow } from './uploads.ts'

const ZONE = 'Europe/Berlin'
const NOW = Date.parse('2026-05-20T21:30:00Z')
const RANGE = { start: '2026-05-06', end: '2026-05-21' }
const PARTS = 8
const PATIENCE_MS = 110_000

const whole = demoUpload({ now: NOW, timezone: ZONE })

function bodyOf(upload: object): UploadBody {
  const bytes = Buffer.from(JSON.stringify(upload))
  return { bytes, contentType: 'application/json', gzip: false, timezone: ZONE }
}

/** Each list dealt out in turn, so that every part touches every day; each part also repeats some of the next one's. */
function parts(): UploadBody[] {
  const dealt = <T>(items: readonly T[], part: number): T[] =>
    items.filter((_, index) => index % PARTS === part || index % (PARTS * 5) === (part + 1) % PARTS).reverse()
  return Array.from({ length: PARTS }, (_, part) =>
    bodyOf({
      ...whole,
      quantity_samples: dealt(whole.quantity_samples, part),
      category_samples: dealt(whole.category_samples, part),
    }),
  )
}

/** The days without the names of the uploads that brought them. */
async function daysOf(person: ApiClient): Promise<Omit<SummaryRow, 'upload_ids'>[]> {
  const rows = await summaryRows(person, RANGE)
  return [...rows.values()].map(({ upload_ids: _, ...row }) => row)
}

async function newestAnalysis(person: ApiClient): Promise<{ digest: string }> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const { data } = await person.api.GET('/api/v1/insights/history', { params: { query: { limit: 1 } } })
    const id = data?.data[0]?.analysis_id
    const found = id && (await person.api.GET('/api/v1/pat/analysis/{id}', { params: { path: { id } } })).data
    if (found) return found
    if (Date.now() > deadline) throw new Error('no analysis has an insight')
    await delay(250)
  }
}

describe('uploads of one person, sent all at once by several clients', () => {
  let system: System

  beforeAll(async () => {
    system = await startSystem()
  }, 60_000)
  afterAll(() => system[Symbol.asyncDispose]())

  it('end in the days and the analysis of one upload that holds everything, though analysis is killed', async () => {
    const [alone, crowded] = [await newPerson(system), await newPerson(system)]
    const { analysis } = await uploadAndFollow(alone, bodyOf(whole))
    const accepted = Promise.all(parts().map((part) => crowded.upload(part)))
    await delay(300)
    await system.services.analysis.kill('SIGKILL')
    await system.services.analysis.restart()
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const outcomes = await Promise.all(
      (await accepted).map(({ upload_id }) => crowded.follow(upload_id, signal)),
    )
    expect(outcomes.map(({ processing }) => processing.status)).toEqual(Array(PARTS).fill('completed'))
    expect(await daysOf(crowded)).toEqual(await daysOf(alone))
    expect((await newestAnalysis(crowded)).digest).toBe(analysis?.digest)
  }, 240_000)
})
