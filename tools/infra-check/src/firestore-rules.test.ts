import {
  type GoogleEmulator,
  isGoogleEmulatorInstalled,
  startGoogleFirestoreEmulator,
} from '@clarity/local-cloud'
import { read } from './repository.ts'

const PROJECT = 'demo-rules'
const installed = isGoogleEmulatorInstalled('firestore')
if (!installed) console.log('skipped: security rules on Google’s Firestore emulator (it is not installed)')

/** Who asks: a user id, nobody, or a server, whose accounts rules do not bind. */
type Caller = 'ann' | 'bob' | 'nobody' | 'server'

/** A token as the emulator takes it: unsigned. */
function bearer(caller: Caller): Record<string, string> {
  if (caller === 'nobody') return {}
  if (caller === 'server') return { authorization: 'Bearer owner' }
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    sub: caller,
    user_id: caller,
    aud: PROJECT,
    iss: `https://securetoken.google.com/${PROJECT}`,
  }
  return { authorization: `Bearer ${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.` }
}

const OWN = [
  'users/ann',
  'users/ann/uploads/u',
  'users/ann/days/d',
  'users/ann/analyses/a',
  'users/ann/insights/i',
]
const LISTED = OWN.slice(1).map((path) => path.slice(0, path.lastIndexOf('/')))
const NOBODYS = [
  'users/ann/consents/bob',
  'users/ann/sample-days/d',
  'users/ann/sample-days/d/parts/0',
  'users/ann/upload-keys/k',
  'users/ann/deletions/u',
  'users/ann/uploads/u/parts/0',
  'audit/x',
  'erasures/x',
  'system/readiness',
]

;(installed ? describe : describe.skip)('the security rules', () => {
  let emulator: GoogleEmulator
  const url = (path: string): string =>
    `http://${emulator.host}/v1/projects/${PROJECT}/databases/(default)/documents/${path}`

  async function ask(caller: Caller, method: string, path: string): Promise<number> {
    const body =
      method === 'PATCH' || method === 'POST'
        ? JSON.stringify({ fields: { x: { integerValue: '1' } } })
        : null
    const headers = { ...bearer(caller), 'content-type': 'application/json' }
    const answer = await fetch(url(path), { method, headers, body })
    await answer.body?.cancel()
    return answer.status
  }

  beforeAll(async () => {
    emulator = (await startGoogleFirestoreEmulator())!
    const rules = { files: [{ name: 'firestore.rules', content: read('infra/firestore.rules') }] }
    const set = await fetch(`http://${emulator.host}/emulator/v1/projects/${PROJECT}:securityRules`, {
      method: 'PUT',
      body: JSON.stringify({ rules }),
    })
    expect(set.status).toBe(200)
    for (const path of [...OWN, ...NOBODYS]) expect(await ask('server', 'PATCH', path)).toBe(200)
  }, 60_000)
  afterAll(() => emulator[Symbol.asyncDispose]())

  it.each(OWN)('%s is read by its owner alone', async (path) => {
    const answers = await Promise.all((['ann', 'bob', 'nobody'] as const).map((who) => ask(who, 'GET', path)))
    expect(answers).toEqual([200, 403, 403])
  })

  it.each(LISTED)('%s is listed by its owner alone', async (path) => {
    const answers = await Promise.all((['ann', 'bob', 'nobody'] as const).map((who) => ask(who, 'GET', path)))
    expect(answers).toEqual([200, 403, 403])
  })

  it.each(NOBODYS)('%s is read by nobody', async (path) => {
    const answers = await Promise.all((['ann', 'bob', 'nobody'] as const).map((who) => ask(who, 'GET', path)))
    expect(answers).toEqual([403, 403, 403])
  })

  it('who the users are is listed by nobody', async () => {
    expect(await ask('ann', 'GET', 'users')).toBe(403)
    expect(await ask('ann', 'GET', 'audit')).toBe(403)
  })

  it.each([...OWN, ...NOBODYS])('%s is written and removed by nobody', async (path) => {
    const collection = path.slice(0, path.lastIndexOf('/'))
    const answers = [
      await ask('ann', 'PATCH', path),
      await ask('ann', 'DELETE', path),
      await ask('ann', 'POST', `${collection}?documentId=new`),
      await ask('nobody', 'PATCH', path),
    ]
    expect(answers).toEqual([403, 403, 403, 403])
  })
})
