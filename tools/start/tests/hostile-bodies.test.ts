import { type System, startSystem } from '@clarity/testkit'
import type { HostileBody } from './hostile/hostile-body.ts'
import { largeBodies } from './hostile/large-bodies.ts'
import { SEED, mutatedBodies } from './hostile/mutated-bodies.ts'
import { oddDocuments } from './hostile/odd-documents.ts'
import { oddHeaders } from './hostile/odd-headers.ts'
import { oddSamples } from './hostile/odd-samples.ts'
import { oddTexts } from './hostile/odd-texts.ts'
import { refusedBodies } from './hostile/refused-bodies.ts'
import { type Fate, fateOf } from './hostile/send-hostile.ts'
import { type Watch, watchServices } from './hostile/watch-services.ts'

const AT_ONCE = 6
/** Not a matter of speed: a service that is silent for as long is taken out of service. */
const SILENT_MS = 20_000
const tables: readonly [string, readonly HostileBody[]][] = [
  ['is refused at the door', refusedBodies],
  ['is told what was wrong with its text', oddTexts],
  ['is read whatever its headers say', oddHeaders],
  ['loses an odd sample and no other', oddSamples],
  ['is told what was wrong with its document or archive', oddDocuments],
  ['is read without being held', largeBodies],
]

let system: System
let watch: Watch
const fates = new Map<HostileBody, Promise<Fate>>()

/**
 * Sends every body, several at once; whoever asks for its fate waits for it. All are made before: the local cloud lives
 * in this process and answers nothing meanwhile.
 */
async function sendAll(): Promise<void> {
  const made: Made[] = []
  for (const [, bodies] of tables) {
    for (const body of bodies) made.push({ body, bytes: await body.bytes() })
  }
  const waiting = made.map(({ body, bytes }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Fate>()
    promise.catch(() => undefined)
    fates.set(body, promise)
    return async () => fateOf(system, body, bytes).then(resolve, reject)
  })
  const sendNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next()
  }
  sending = Promise.all(Array.from({ length: AT_ONCE }, sendNext))
}

interface Made {
  readonly body: HostileBody
  readonly bytes: Buffer
}

let sending: Promise<unknown>
beforeAll(async () => {
  system = await startSystem()
  watch = watchServices(system)
  await sendAll()
}, 120_000)
afterAll(() => system[Symbol.asyncDispose]())

describe.each(tables)('a hostile body %s', (_title, bodies) => {
  it.each(bodies.map((body) => [body.title, body] as const))(
    '%s',
    async (_body, body) => {
      const { refused, end } = body
      const expected: Fate = refused ? { refused } : { end: end!, isKept: true }
      expect(await fates.get(body)).toEqual(expected)
    },
    120_000,
  )
})

it(`of a hundred mutated bodies none fails without a reason (seed ${SEED})`, async () => {
  const bodies = mutatedBodies(100)
  const codes = new Set<string | undefined>()
  const sendNext = async (): Promise<void> => {
    for (let bytes = bodies.shift(); bytes; bytes = bodies.shift()) {
      const { end, isKept } = await fateOf(system, { title: 'mutated', bytes: () => bytes! }, bytes)
      expect(isKept).toBe(true)
      codes.add(end?.outcome)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sendNext))
  expect([...codes].sort()).toEqual(['completed', 'malformed_body'])
}, 240_000)

it('no service met an error that it did not expect', async () => {
  await sending
  const lines = Object.values(system.services).flatMap((service) => service.lines())
  expect(lines.filter((line) => /"severity":"(ERROR|CRITICAL|ALERT)"/.test(line))).toEqual([])
}, 120_000)

it('no service took more memory than it has, or stopped answering', async () => {
  await sending
  const strain = await watch.stop()
  console.log(`hostile bodies: ${JSON.stringify(strain)}`)
  expect(strain.ingestion.peakMib).toBeLessThan(512)
  expect(strain.analysis.peakMib).toBeLessThan(1024)
  expect(strain.insight.peakMib).toBeLessThan(512)
  for (const { longestPauseMs } of Object.values(strain)) expect(longestPauseMs).toBeLessThan(SILENT_MS)
}, 120_000)
