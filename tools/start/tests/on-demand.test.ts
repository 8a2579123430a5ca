import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { dataOf } from '@clarity/api-client'
import type { Analysis, Insight } from '@clarity/contracts'
import { type System, startSystem } from '@clarity/testkit'
import type { ApiClient } from '../src/api-client.ts'
import { orphansOf, spansOf } from './trace.ts'
import { describeWithShared, newPerson, sharedJson, sharedPath } from './uploads.ts'

const START = '2026-01-05T00:00:00Z'

/** What of a reference week's values the public route gives. */
interface WeekExpectation {
  readonly IS: { readonly hourly: number | null }
  readonly IV: { readonly hourly: number | null }
  readonly L5M10_circular_average_profile: {
    readonly L5: number
    readonly M10: number
    readonly RA: number | null
    readonly L5_onset_min: number
    readonly M10_onset_min: number
    readonly L5_ties: number
    readonly M10_ties: number
  }
  readonly cosinor: { readonly mesor: number; readonly amplitude: number; readonly peak_time_min: number }
  readonly SRI: Readonly<Record<string, number>>
  readonly vectors_1_is_sleep: Readonly<Record<string, string>>
}

/** Our scorings by the names of the reference, on raw counts and on ActiLife's scale. */
const RAW = {
  ck_mean_raw: 'cole-kripke-1992-mean',
  ck_10s_raw: 'cole-kripke-1992-10s',
  sadeh_raw_ge0: 'sadeh-1994',
  oakley_20: 'oakley-1997-20',
  oakley_40: 'oakley-1997-40',
  oakley_80: 'oakley-1997-80',
  scripps: 'scripps-2010',
} as const
const SCALED = { ck_mean_div100_cap300: 'cole-kripke-1992-mean' } as const

const clock = (minute: number) =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':')

function activityOf(week: string): number[] {
  const [, ...rows] = readFileSync(sharedPath(`reference/actigraphy/${week}.csv`), 'utf8')
    .trim()
    .split('\n')
  return rows.map((row) => Number(row.split(',')[1]))
}

/** Relative 1e-9, or of `scale` where the expected value is about 0. */
function expectClose(value: unknown, expected: number | null, scale = 1): void {
  if (expected === null) return expect(value).toBeNull()
  const distance = Math.abs(Number(value) - expected)
  expect(distance).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(expected), Math.abs(scale)))
}

/** The environment of a system with the reference weights, where they are. */
async function referenceModel(folder: string): Promise<Record<string, string>> {
  const weights = sharedPath('reference/pat/PAT-S_save_weights.h5')
  if (!existsSync(weights)) return {}
  const importer = join(import.meta.dirname, '../../pat-import/src/main.ts')
  await promisify(execFile)(process.execPath, [importer, weights, '--out', folder])
  return { MODEL_DIR: folder }
}

describe('what is asked for at once', () => {
  let system: System
  let person: ApiClient
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clarity-pat-'))
    system = await startSystem({ environment: await referenceModel(folder) })
    person = await newPerson(system)
  }, 90_000)
  afterAll(async () => {
    await system[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  describeWithShared('of a reference week', () => {
    const analyse = (body: object): Promise<Analysis> =>
      dataOf(
        person.api.POST('/api/v1/pat/analyze', { body: { start: START, timezone: 'UTC', ...body } as never }),
      ) as Promise<Analysis>

    it.each([
      'nhanes_26469',
      'synthetic_alternating',
      'synthetic_constant',
      'synthetic_cosine',
      'synthetic_square',
      'synthetic_zeros',
    ])('%s has the published rhythm, regularity and every state', async (week) => {
      const expected = sharedJson<WeekExpectation>(`reference/actigraphy/${week}.json`)
      const activity = activityOf(week)
      const raw = await analyse({ activity, include: ['epochs'], scoring: Object.values(RAW) })
      const { rhythm } = raw
      expectClose(rhythm.interdaily_stability.value, expected.IS.hourly)
      expectClose(rhythm.intradaily_variability.value, expected.IV.hourly)
      const { L5, M10, RA, ...profile } = expected.L5M10_circular_average_profile
      expectClose(rhythm.l5.value, L5)
      expectClose(rhythm.m10.value, M10)
      expectClose(rhythm.relative_amplitude.value, RA)
      if (profile.L5_ties === 1) expect(rhythm.l5_onset.value).toBe(clock(profile.L5_onset_min))
      if (profile.M10_ties === 1) expect(rhythm.m10_onset.value).toBe(clock(profile.M10_onset_min))
      const { mesor, amplitude, peak_time_min: peak } = expected.cosinor
      expectClose(rhythm.cosinor_mesor.value, mesor)
      expectClose(rhythm.cosinor_amplitude.value, amplitude, mesor)
      expect(rhythm.cosinor_peak.value).toBe(amplitude > 1e-6 ? clock(Math.floor(peak + 1e-6)) : null)
      const scaled = await analyse({
        activity,
        include: ['epochs'],
        scoring: Object.values(SCALED),
        count_scale: 100,
        count_cap: 300,
      })
      for (const [answer, names] of [
        [raw, RAW],
        [scaled, SCALED],
      ] as const) {
        for (const [name, scoring] of Object.entries(names)) {
          expect({ name, states: answer.sleep_wake?.[scoring] }).toEqual({
            name,
            states: expected.vectors_1_is_sleep[name],
          })
          expectClose(answer.sleep_regularity?.[scoring]?.value, expected.SRI[name]!)
        }
      }
    })

    it('has the embedding of the reference model', async () => {
      const bytes = readFileSync(sharedPath('reference/pat/input_seeded.f32'))
      // Standardised already, so that a shift, which makes counts of it, changes nothing.
      const activity = Array.from({ length: 10_080 }, (_, minute) => bytes.readFloatLE(4 * minute) + 1)
      const { outputs } = sharedJson<{ outputs: { seeded: { pooled: number[] } } }>(
        'reference/pat/golden_S.json',
      )
      const { pat } = await analyse({ activity })
      expect(pat).toMatchObject({ status: 'computed', input: 'activity_counts' })
      const distances = outputs.seeded.pooled.map((value, index) => Math.abs(value - pat.embedding![index]!))
      expect(Math.max(...distances)).toBeLessThan(1e-4)
      const model = await dataOf(person.api.GET('/api/v1/pat/models/info', {}))
      expect(model).toMatchObject({ size: 'S', sha256: pat.model.sha256, heads: {} })
    })
  })

  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${system.services.ingestion.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as Analysis & Insight,
    }
  }
  const activity = Array.from({ length: 10_080 }, (_, minute) =>
    minute % 1440 < 480 ? 0 : 100 + ((minute * 37) % 211),
  )
  const counts = { start: START, timezone: 'Europe/Berlin', activity }

  it('is one trace each time, from ingestion to the model', async () => {
    const [analysisTrace, insightTrace] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
    const traced = (trace: string) => ({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })
    const analysed = await post('/pat/analyze', counts, traced(analysisTrace))
    expect([analysed.status, analysed.body]).toMatchObject([
      200,
      { upload_id: null, pat: { status: 'computed' } },
    ])
    const { analysis_id } = analysed.body
    const made = await post(
      '/insights/generate',
      { analysis_id, context: 'Late shifts.' },
      traced(insightTrace),
    )
    expect([made.status, made.body]).toMatchObject([
      200,
      { analysis_id, source: 'gemini', usage: { cached: false } },
    ])
    expect(made.body.trace_id).toBe(insightTrace)
    for (const [trace, service, work] of [
      [analysisTrace, 'analysis', 'pat inference'],
      [insightTrace, 'insight', 'generate_content gemini-3.5-flash'],
    ] as const) {
      const spans = await spansOf(system, trace)
      expect(orphansOf(spans).map(({ kind, service: from }) => [from, kind])).toEqual([
        ['ingestion', 'SERVER'],
      ])
      expect(spans).toContainEqual(expect.objectContaining({ name: work, service }))
    }
  })

  it('is there afterwards, once', async () => {
    const first = await post('/pat/analyze', counts)
    const { analysis_id } = first.body
    const insight = await post('/insights/generate', { analysis_id })
    const again = await post('/insights/generate', { analysis_id, language: 'en' })
    expect(again.body).toEqual({ ...insight.body, usage: { ...insight.body.usage, cached: true } })
    const stored = await dataOf(
      person.api.GET('/api/v1/insights/{id}', { params: { path: { id: insight.body.insight_id } } }),
    )
    expect(stored).toEqual(insight.body)
    const { data } = await dataOf(person.api.GET('/api/v1/pat/analyses', {}))
    expect(data).toContainEqual(first.body)
    expect(data.filter((one) => one.analysis_id === analysis_id)).toHaveLength(1)
    const other = await newPerson(system)
    const { response } = await other.api.POST('/api/v1/insights/generate', { body: { analysis_id } })
    expect(response.status).toBe(404)
  })

  it('is refused with 503 and Retry-After while the service behind is down, and made when it is back', async () => {
    await system.services.analysis.kill('SIGKILL')
    const refused = await post('/pat/analyze', counts)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10'])
    await system.services.analysis.restart()
    expect((await post('/pat/analyze', counts)).status).toBe(200)
  }, 60_000)
})
