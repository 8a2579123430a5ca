import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type GoogleEmulator,
  freePort,
  isGoogleEmulatorInstalled,
  startGoogleFirestoreEmulator,
  startGooglePubSubEmulator,
} from '@clarity/local-cloud'
import { type SystemOptions, startSystem } from '@clarity/testkit'
import { demoUpload } from '../src/demo/demo-upload.ts'
import { endState } from './end-state.ts'
import { killAt } from './killed-service.ts'
import { smallBody } from './small-body.ts'
import { type CloudCall, injectFault } from './stalled-call.ts'
import { orphansOf, spansOf } from './trace.ts'
import { newPerson, uploadAndFollow } from './uploads.ts'

const installed = isGoogleEmulatorInstalled('pubsub') && isGoogleEmulatorInstalled('firestore')
if (!installed) console.log('skipped: the whole system on Google’s emulators (they are not installed)')

const RANGE = { start: '2026-05-06', end: '2026-05-20' }
const ZONE = 'Europe/Berlin'
const LEFT_TO_US = ['admin', 'storage', 'auth', 'vertex', 'otlp', 'metadata'] as const

function demoBody() {
  const upload = demoUpload({ now: Date.parse('2026-05-20T21:30:00Z'), timezone: ZONE })
  const bytes = Buffer.from(JSON.stringify(upload))
  return { bytes, contentType: 'application/json', gzip: false, timezone: ZONE }
}

/** What an upload leaves on a system of these parts, and its trace. */
async function uploadedOn(options: SystemOptions, body: ReturnType<typeof demoBody>) {
  await using system = await startSystem(options)
  const person = await newPerson(system)
  const outcome = await uploadAndFollow(person, body)
  return {
    state: await endState(person, { outcome, range: RANGE }),
    spans: await spansOf(system, outcome.processing.trace_id!),
  }
}

;(installed ? describe : describe.skip)('Google’s emulators in place of ours', () => {
  let environment: Record<'PUBSUB_EMULATOR_HOST' | 'FIRESTORE_EMULATOR_HOST', string>
  let emulators: GoogleEmulator[]
  const folder = mkdtempSync(join(tmpdir(), 'clarity-google-'))

  beforeAll(async () => {
    const [pubsub, firestore] = await Promise.all([
      startGooglePubSubEmulator(),
      startGoogleFirestoreEmulator(),
    ])
    emulators = [pubsub!, firestore!]
    environment = { PUBSUB_EMULATOR_HOST: pubsub!.host, FIRESTORE_EMULATOR_HOST: firestore!.host }
  }, 90_000)
  afterAll(async () => {
    for (const emulator of emulators) await emulator[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  it('give the same days, analysis and insight of the same upload, in one trace', async () => {
    const body = demoBody()
    const ours = await uploadedOn({}, body)
    const theirs = await uploadedOn({ cloud: { services: LEFT_TO_US }, environment }, body)
    expect(theirs.state).toEqual(ours.state)
    expect(theirs.state.rows).toHaveLength(15)
    expect(theirs.state.history).toHaveLength(1)
    expect(orphansOf(theirs.spans).map(({ name }) => name)).toEqual(['POST /api/v1/health-data/upload'])
    expect(new Set(theirs.spans.map(({ service }) => service))).toEqual(
      new Set(['ingestion', 'analysis', 'insight']),
    )
  }, 240_000)

  it('lose no message of a service that is killed, and give one up after its last attempt', async () => {
    await using system = await startSystem({ cloud: { services: LEFT_TO_US }, environment })
    const body = smallBody()
    const killed = { system, person: await newPerson(system), body }
    const read: CloudCall = { service: 'storage', method: 'objects.get' }
    expect((await killAt(killed, { analysis: read })).processing.status).toBe('completed')

    await injectFault(system, { service: 'push', method: 'health-data-processing-push', code: 503, times: 4 })
    await injectFault(system, { ...read, code: 503 })
    const person = await newPerson(system)
    await expect(uploadAndFollow(person, body)).rejects.toThrow('the upload failed: exhausted')
  }, 240_000)

  it('are used by npm start -- --once where the environment says so', async () => {
    const file = join(folder, 'upload.json')
    writeFileSync(file, smallBody().bytes)
    const { exitCode, output } = await startOnce(['--upload', file, '--timezone', 'UTC'], environment)
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringMatching(/^insight +ins_/m) })
  }, 180_000)
})

/** Runs the start command with `--once` on free ports. */
async function startOnce(options: readonly string[], outside: Readonly<Record<string, string>>) {
  const services = ['INGESTION', 'ANALYSIS', 'INSIGHT']
  const ports = await Promise.all(
    [...services, ...services.map((name) => `${name}_METRICS`)].map(async (name) => [
      `${name}_PORT`,
      String(await freePort()),
    ]),
  )
  const cloud = ['LOCAL_CLOUD', 'PUBSUB', 'FIRESTORE', 'STORAGE', 'AUTH', 'VERTEX', 'OTLP', 'METADATA']
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts'), '--once', ...options], {
    env: {
      ...process.env,
      ...Object.fromEntries(ports),
      ...Object.fromEntries(cloud.map((name) => [`${name}_PORT`, '0'])),
      ...outside,
    },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)))
  child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)))
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, output }
}
