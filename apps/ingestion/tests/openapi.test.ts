import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Analysis, Insight } from '@clarity/contracts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { type DocumentedApi, OPENAPI_FILE, type Replaced, documentedApi } from './documented-api.ts'
import { type Ingestion, type Person, ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

const at = '2026-03-08T00:00:00.000Z'

describe('the document of the API', () => {
  let ingestion: Ingestion
  let api: DocumentedApi
  let person: Person
  let uploadId: string
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
    api = await documentedApi(ingestion)
    person = await ingestion.person()
    const { records } = ingestion
    const { body } = await api.sendExample('postHealthDataUpload', {
      token: person.token,
      body: { data: { metrics: [] } },
    })
    uploadId = body.upload_id
    await records.uploads.fail(person.userId, uploadId, { at, error: { code: 'x', title: 'X' } })
    const analysis = { ...api.exampleOf('Analysis'), analysis_id: 'an1', user_id: person.userId }
    await records.analyses.createOnce(analysis as unknown as Analysis)
    const insight = { ...api.exampleOf('Insight'), insight_id: 'in1', analysis_id: 'an1' }
    await records.insights.createOnce(person.userId, insight as unknown as Insight)
    ingestion.behind.answer('/internal/analyze', [200, analysis])
    ingestion.behind.answer('/internal/insights?wait=false', [200, insight])
    const manifest = readFileSync(join(import.meta.dirname, '../../../models/pat-s/manifest.json'), 'utf8')
    ingestion.behind.answer('/internal/model', [200, { ...JSON.parse(manifest), reference: null } as object])
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())

  it('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate(structuredClone(api.document) as never)).toEqual({ valid: true })
    expect(api.document.openapi).toMatch(/^3\.1/)
  })

  it('is the one that the client was made from: if not, run tests/write-openapi.ts', () => {
    expect(api.document).toEqual(JSON.parse(readFileSync(OPENAPI_FILE, 'utf8')))
  })

  it('stands beside what it describes as well', async () => {
    expect((await ingestion.call('GET', '/api/v1/openapi.json')).body).toEqual(api.document)
  })

  const own = (): Replaced => ({ token: person.token })
  const another = async (): Promise<Replaced> => ({ token: (await ingestion.person()).token })
  const mailed = async (path: string, call: object): Promise<string> => {
    await ingestion.call('POST', `/api/v1/auth/${path}`, call)
    const host = ingestion.cloud.environment.FIREBASE_AUTH_EMULATOR_HOST
    const response = await fetch(`http://${host}/emulator/v1/projects/demo-clarity/oobCodes`)
    const { oobCodes } = (await response.json()) as { oobCodes: { oobCode: string }[] }
    return oobCodes.at(-1)?.oobCode ?? ''
  }

  /** What the example of an operation is answered, and what only this run can know of it. */
  const EXAMPLES: Readonly<Record<string, [number, (() => Replaced | Promise<Replaced>)?]>> = {
    postAuthRegister: [201],
    postAuthLogin: [200],
    postAuthRefresh: [200, () => ({ body: { refresh_token: person.refreshToken } })],
    postAuthLogout: [204, another],
    postAuthVerifyEmail: [202, own],
    postAuthResetPassword: [202],
    getAuthMe: [200, own],
    putAuthMe: [200, own],
    deleteAuthMe: [202, another],
    postHealthDataUpload: [202, another],
    postHealthDataResumableUploads: [201, own],
    deleteHealthDataByUploadId: [
      204,
      async () => {
        const { token } = await another()
        const { body } = await api.sendExample('postHealthDataUpload', { token })
        return { token, params: { upload_id: body.upload_id } }
      },
    ],
    getHealthDataProcessingById: [200, () => ({ ...own(), params: { id: uploadId } })],
    getHealthDataProcessingByIdEvents: [200, () => ({ ...own(), params: { id: uploadId } })],
    getHealthData: [200, own],
    getHealthDataSummary: [200, own],
    getHealthDataUploads: [200, own],
    getHealthDataExport: [200, own],
    getHealthDataHealth: [200],
    getPatHealth: [200],
    postPatAnalyze: [200, own],
    postPatAnalyzeStepData: [200, own],
    getPatAnalyses: [200, own],
    getPatModelsInfo: [200, own],
    getPatAnalysisById: [200, () => ({ ...own(), params: { id: 'an1' } })],
    postInsightsGenerate: [200, own],
    getInsightsStatus: [200],
    getInsightsHistory: [200, own],
    getInsightsHistoryByUserId: [200, () => ({ ...own(), params: { user_id: person.userId } })],
    getInsightsById: [200, () => ({ ...own(), params: { id: 'in1' } })],
    getConsents: [200, own],
    putConsentsByClinicianId: [204, own],
    deleteConsentsByClinicianId: [204, own],
    putAdminUsersByIdRole: [
      200,
      async () => {
        const claims = { sub: person.userId, role: 'admin' }
        const { body } = await ingestion.admin('POST', '/admin/tokens', {
          kind: 'firebase',
          claims,
          key: 'good',
        })
        return { token: body.token, params: { id: (await ingestion.person()).userId } }
      },
    ],
  }

  it('has a tried example of every operation', () => {
    expect([...api.operations.keys()].sort()).toEqual(Object.keys(EXAMPLES).sort())
  })

  it.each(Object.entries(EXAMPLES))('tells how %s answers', async (id, [status, replaced]) => {
    const answer = await api.sendExample(id, await replaced?.())
    expect([answer.status, answer.body?.errors]).toEqual([status, undefined])
    expect(api.complaints(id, answer)).toEqual([])
  })

  it('tells how a mailed code is used', async () => {
    const { email, token } = await ingestion.person()
    const verified = await api.sendExample('postAuthVerifyEmail', {
      body: { oob_code: await mailed('verify-email', { token }) },
    })
    expect(verified).toMatchObject({ status: 200, body: { email_verified: true } })
    const code = await mailed('reset-password', { body: { email } })
    const body = { oob_code: code, new_password: 'another horse battery' }
    const reset = await api.sendExample('postAuthResetPassword', { body })
    expect(reset).toMatchObject({ status: 200, body: { password_reset: true } })
    expect(api.complaints('postAuthResetPassword', reset)).toEqual([])
  })

  it.each([
    ['postAuthRegister', { body: { email: 'x' } }, 422],
    ['postAuthLogin', { body: { email: 'nobody@example.com', password: 'wrong horse' } }, 401],
    ['postAuthResetPassword', { body: { oob_code: 'made up', new_password: 'another horse' } }, 422],
    ['getAuthMe', {}, 401],
    ['getPatAnalysisById', { params: { id: 'absent' } }, 404],
  ] as const)('tells how %s refuses', async (id, replaced, status) => {
    const token = status === 404 ? person.token : undefined
    const answer = await api.sendExample(id, { token, ...replaced })
    expect(answer.status).toBe(status)
    expect(api.complaints(id, answer)).toEqual([])
  })

  it('tells how a path with a broken escape is refused', async () => {
    const withParams = [...api.operations].filter(([, { path }]) => path.includes('{'))
    expect(withParams.map(([id]) => id)).toContain('getHealthDataProcessingById')
    for (const [id, { path }] of withParams) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const params = Object.fromEntries(names.map((name) => [name, '%FF']))
      const answer = await api.sendExample(id, { token: person.token, params })
      expect([id, answer.status, api.complaints(id, answer)]).toEqual([id, 400, []])
    }
  })
})

describe('the page to try the API', () => {
  let ingestion: Ingestion
  beforeAll(async () => {
    ingestion = await ingestionOnLocalCloud()
  })
  afterAll(() => ingestion[Symbol.asyncDispose]())

  it.each(['', '/api/v1'])('at %s/docs loads nothing from elsewhere and nothing inline', async (base) => {
    const page = await ingestion.call('GET', `${base}/docs`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).not.toContain('unsafe')
    const html = String(page.body)
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|https?:/)
    for (const [, address] of html.matchAll(/(?:src|href)="(\/[^"]*)"/g)) {
      const asset = await ingestion.call('GET', address as string)
      expect([address, asset.status]).toEqual([address, 200])
      expect(asset.headers.get('content-type')).toMatch(/^text\/(css|javascript); charset=utf-8$/)
      expect(String(asset.body).length).toBeGreaterThan(50)
    }
    const start = await ingestion.call('GET', `${base}/docs/start.js`)
    expect(start.body).toContain(`"${base}/openapi.json"`)
    expect((await ingestion.call('GET', `${base}/docs/package.json`)).status).toBe(404)
  })
})
