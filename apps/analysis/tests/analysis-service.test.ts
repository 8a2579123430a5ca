import { gzipSync } from 'node:zlib'
import {
  type AnalysisWorld,
  type Upload,
  analysisOnLocalCloud,
  postPush,
} from './support/analysis-on-local-cloud.ts'
import { STEPS_A_DAY, anchoredAnswer, uuidAt, weekOfSteps } from './support/bodies.ts'

let world: AnalysisWorld
beforeAll(async () => {
  world = await analysisOnLocalCloud()
}, 60_000)
afterEach(() => world.clearFaults())
afterAll(() => world[Symbol.asyncDispose]())

/** What must be the same however often and after whatever failures a message was delivered. */
async function endState(upload: Upload) {
  const record = await upload.record()
  const days = await world.records.days.summaries(upload.userId, '2026-03-01', '2026-03-07')
  const { analysis_id, pat, window } = (await upload.analysis()) ?? {}
  const user = await world.records.users.get(upload.userId)
  return {
    status: record?.status,
    stage: record?.stage,
    error: record?.error,
    steps: days.map(({ steps }) => steps),
    isCurrent: analysis_id !== undefined && user?.current_analysis_id === analysis_id,
    pat: pat?.status,
    validDays: window?.valid_days,
    announcedAt: analysis_id && typeof record?.announced[analysis_id],
  }
}

/** As Pub/Sub does it: again, as long as attempts are left. A client may still be waiting to try again itself. */
async function delivered(upload: Upload, deliveryAttempt = 1): Promise<number> {
  const status = await upload.push({ deliveryAttempt })
  return status === 204 || deliveryAttempt === 5 ? status : delivered(upload, deliveryAttempt + 1)
}

const DONE = {
  status: 'processing',
  stage: 'predicted',
  error: null,
  steps: Array<number>(7).fill(STEPS_A_DAY),
  isCurrent: true,
  pat: 'computed',
  validDays: 7,
  announcedAt: 'string',
}

describe('a push', () => {
  const HOUR = 3600
  const now = Math.floor(Date.now() / 1000)

  it.each([
    ['no token', async () => ''],
    ['a token that is none', async () => 'a.b.c'],
    ['a token of a foreign key', () => world.token({}, 'foreign')],
    ['an expired token', () => world.token({ iat: now - 2 * HOUR, exp: now - HOUR })],
    ['a token of another issuer', () => world.token({ iss: 'https://issuer.example' })],
  ])('with %s is answered 401 and changes nothing', async (_title, token) => {
    const upload = await world.store({ content: weekOfSteps([1]) })
    expect(await upload.push({ token: await token() })).toBe(401)
    expect(await upload.record()).toMatchObject({ status: 'received', stage: 'received' })
  })

  it.each([
    ['of another audience', { aud: 'http://insight.local' }],
    ['of another account', { email: 'somebody@demo-clarity.iam.gserviceaccount.com' }],
    ['with an unverified e-mail', { email_verified: false }],
  ])('with a token %s is answered 403 and changes nothing', async (_title, claims) => {
    const upload = await world.store({ content: weekOfSteps([1]) })
    expect(await upload.push({ token: await world.token(claims) })).toBe(403)
    expect(await upload.record()).toMatchObject({ status: 'received', stage: 'received' })
  })

  it.each([
    ['no message', {}],
    ['a list', []],
    ['a text', 'message'],
  ])('whose body is %s is answered 400', async (_title, envelope) => {
    expect(await postPush(world.url, { token: await world.token(), envelope })).toBe(400)
  })

  it('of an upload that nobody knows is acknowledged without effect', async () => {
    const upload = await world.store({ content: weekOfSteps([1]) })
    const announced = await world.announced()
    expect(await upload.push({ changes: { upload_id: 'nobody-knows' } })).toBe(204)
    expect(await upload.record()).toMatchObject({ status: 'received' })
    expect(await world.announced()).toBe(announced)
  })

  it('whose event misses a field is acknowledged: it can never succeed', async () => {
    const upload = await world.store({ content: weekOfSteps([1]) })
    expect(await upload.push({ changes: { object: 'not a bucket' } })).toBe(204)
  })
})

it('is ready once records, bytes and topics can be reached', async () => {
  const answer = await fetch(`${world.url}/ready`)
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { status: 'ok', checks: { records: 'ok', raw: 'ok', bus: 'ok' } },
  ])
})

describe('an upload', () => {
  it('becomes days, the current analysis and one announcement', async () => {
    const announced = await world.announced()
    const upload = await world.store({ content: weekOfSteps() })
    expect(await upload.push()).toBe(204)
    expect(await endState(upload)).toEqual(DONE)
    expect(await upload.record()).toMatchObject({
      shape: 'raw_envelope',
      samples: { accepted: 168, duplicate: 0, rejected: 0, by_type: { step_count: 168 } },
    })
    expect((await upload.analysis())?.activity.steps_per_day).toMatchObject({
      value: STEPS_A_DAY,
      unit: 'steps',
    })
    expect(await world.announced()).toBe(announced + 1)
  })

  it('delivered again after success publishes nothing and changes nothing', async () => {
    const upload = await world.store({ content: weekOfSteps() })
    await upload.push()
    const [record, analysis, announced] = [
      await upload.record(),
      await upload.analysis(),
      await world.announced(),
    ]
    expect(await upload.push({ deliveryAttempt: 2 })).toBe(204)
    expect(await upload.record()).toEqual(record)
    expect(await upload.analysis()).toEqual(analysis)
    expect(await world.announced()).toBe(announced)
  })

  it('of samples that are known makes no other analysis, and announces the one there is', async () => {
    const first = await world.store({ content: weekOfSteps() })
    await first.push()
    const announced = await world.announced()
    const again = await world.store({ content: weekOfSteps([7]), userId: first.userId })
    expect(await again.push()).toBe(204)
    expect((await again.record())?.analysis_id).toBe((await first.record())?.analysis_id)
    expect(await again.record()).toMatchObject({ samples: { accepted: 0, duplicate: 24 } })
    expect(await world.announced()).toBe(announced + 1)
  })

  it.each([
    ['an empty envelope', { quantity_samples: [], category_samples: [] }],
    [
      'a type that is not known alone',
      {
        quantity_samples: [
          { identifier: 'HKQuantityTypeIdentifierMagic', value: 1, start_date: '2026-03-01T10:00:00Z' },
        ],
      },
    ],
  ])('of %s completes without an analysis', async (_title, content) => {
    const announced = await world.announced()
    const upload = await world.store({ content })
    expect(await upload.push()).toBe(204)
    expect(await upload.record()).toMatchObject({ status: 'completed', analysis_id: null, error: null })
    expect(await world.announced()).toBe(announced)
  })
})

describe('a deletion', () => {
  it('in a later upload takes the sample away and makes another analysis', async () => {
    const first = await world.store({ content: weekOfSteps() })
    await first.push()
    const later = await world.store({ content: anchoredAnswer([uuidAt(1, 9)]), userId: first.userId })
    expect(await later.push()).toBe(204)
    expect(await later.record()).toMatchObject({ shape: 'react_native_healthkit', samples: { accepted: 1 } })
    expect((await endState(later)).steps[0]).toBe(STEPS_A_DAY - 109)
    expect((await later.record())?.analysis_id).not.toBe((await first.record())?.analysis_id)
  })

  it('alone makes another analysis too', async () => {
    const first = await world.store({ content: weekOfSteps() })
    await first.push()
    const content = { samples: [], deletedSamples: [{ uuid: uuidAt(2, 0) }], newAnchor: 'anchor' }
    const later = await world.store({ content, userId: first.userId })
    expect(await later.push()).toBe(204)
    const state = await endState(later)
    expect(state).toMatchObject({ isCurrent: true, stage: 'predicted' })
    expect(state.steps[1]).toBe(STEPS_A_DAY - 100)
  })

  it('that comes before its sample holds', async () => {
    const first = await world.store({ content: { samples: [], deletedSamples: [{ uuid: uuidAt(3, 5) }] } })
    expect(await first.push()).toBe(204)
    expect(await first.record()).toMatchObject({ status: 'completed', analysis_id: null })
    const later = await world.store({ content: weekOfSteps(), userId: first.userId })
    await later.push()
    expect(await later.record()).toMatchObject({ samples: { accepted: 167, deleted: 1 } })
    expect((await endState(later)).steps[2]).toBe(STEPS_A_DAY - 105)
  })
})

describe('a deletion and its sample', () => {
  it('come to the same end at the same time', async () => {
    const bringing = await world.store({ content: weekOfSteps([1, 2]) })
    const content = { samples: [], deletedSamples: [{ uuid: uuidAt(1, 9) }, { uuid: uuidAt(2, 0) }] }
    const deleting = await world.store({ content, userId: bringing.userId })
    await Promise.all([bringing, deleting].map((upload) => delivered(upload)))
    expect((await endState(bringing)).steps).toEqual([STEPS_A_DAY - 109, STEPS_A_DAY - 100])
  })
})

describe('an upload that can never succeed', () => {
  const failed = (code: string) => ({ status: 'failed', analysis_id: null, error: { code } })
  const tooMuch = () => Buffer.concat(Array<Buffer>(257).fill(gzipSync(Buffer.alloc(1024 * 1024, ' '))))

  it.each([
    ['no known shape', 'unknown_shape', { content: { hello: 'world' } }],
    ['JSON that breaks half-way', 'malformed_body', { content: '{"quantity_samples": [{"uuid": ' }],
    ['broken gzip', 'malformed_body', { content: Buffer.from('[gzip, but for the rest]'), encoding: 'gzip' }],
    ['XML that breaks half-way', 'malformed_body', { content: '<HealthData><Record type=', format: 'xml' }],
    ['more than 256 MiB when inflated', 'too_large', { content: tooMuch(), encoding: 'gzip' }],
  ] as const)('for %s is acknowledged and failed', async (_title, code, body) => {
    const upload = await world.store(body)
    expect(await upload.push()).toBe(204)
    expect(await upload.record()).toMatchObject(failed(code))
  })

  it('because its bytes are gone is acknowledged and failed', async () => {
    const upload = await world.store({ content: weekOfSteps() })
    await upload.loseBytes()
    expect(await upload.push()).toBe(204)
    expect(await upload.record()).toMatchObject(failed('object_gone'))
  })

  it('because another generation stands in its place is acknowledged and failed', async () => {
    const upload = await world.store({ content: weekOfSteps() })
    expect(await upload.push({ changes: { generation: '1' } })).toBe(204)
    expect(await upload.record()).toMatchObject(failed('object_gone'))
  })
})

describe('a failure of what analysis needs', () => {
  it.each([
    ['Cloud Storage', { service: 'storage', code: 503 }],
    ['Firestore', { service: 'firestore', method: 'Commit', code: 'UNAVAILABLE' }],
    ['Pub/Sub', { service: 'pubsub', method: 'Publish', code: 'UNAVAILABLE' }],
  ] as const)('of %s is answered 503, and redelivery comes to the same end', async (_title, fault) => {
    const upload = await world.store({ content: weekOfSteps() })
    const announced = await world.announced()
    await world.inject(fault)
    expect(await upload.push()).toBe(503)
    await world.clearFaults()
    expect(await delivered(upload, 2)).toBe(204)
    expect(await endState(upload)).toEqual(DONE)
    expect(await world.announced()).toBeGreaterThan(announced)
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'at write %d is forgotten once the message comes again',
    async (after) => {
      const upload = await world.store({ content: weekOfSteps() })
      await world.inject({
        service: 'firestore',
        method: 'Commit',
        code: 'PERMISSION_DENIED',
        after,
        times: 1,
      })
      await upload.push()
      await world.clearFaults()
      expect(await upload.push({ deliveryAttempt: 2 })).toBe(204)
      expect(await endState(upload)).toEqual(DONE)
    },
  )

  it('at the last delivery fails the upload as exhausted, and a replay clears it', async () => {
    const upload = await world.store({ content: weekOfSteps() })
    await world.inject({ service: 'pubsub', method: 'Publish', code: 'PERMISSION_DENIED' })
    expect(await upload.push({ deliveryAttempt: 5 })).toBe(503)
    expect(await upload.record()).toMatchObject({ status: 'failed', error: { code: 'exhausted' } })
    await world.clearFaults()
    expect(await upload.push()).toBe(204)
    expect(await endState(upload)).toEqual(DONE)
  })
})
