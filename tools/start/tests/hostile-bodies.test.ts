import { type System, startSystem } from '@clarity/testkit'
import { answersTo, brokenRequests } from './hostile/broken-requests.ts'
import type { HostileBody } from './hostile/hostile-body.ts'
import { largeBodies } from './hostile/large-bodies.ts'
import { SEED, mutatedBodies } from './hostile/mutated-bodies.ts'
import { oddDocuments } from './hostile/odd-documents.ts'
import { oddHeaders } from './hostile/odd-headers.ts'
import { oddSampleBodies } from './hostile/odd-samples.ts'
import { oddTexts } from './hostile/odd-texts.ts'
import { refusedBodies } from './hostile/refused-bodies.ts'
import { type Fate, type Sender, fateOf, newSender } from './hostile/send-hostile.ts'
import { type Watch, watchServices } from './hostile/watch-services.ts'

const [LARGE_AT_ONCE, SMALL_AT_ONCE] = [2, 4]
/** After as long a silence a client is given up. */
const DEADLINE_MS = 15_000
/** Not a matter of speed: a service that is silent for as long is taken out of service. */
const SILENT_MS = 20_000
const tables: readonly [string, readonly HostileBody[]][] = [
  ['is refused at the door', refusedBodies],
  ['is told what was wrong with its text', oddTexts],
  ['is read whatever its headers say', oddHeaders],
  ['loses an odd sample and no other', oddSampleBodies],
  ['is told what was wrong with its document or archive', oddDocuments],
  ['is read without being held', largeBodies],
]

const mutated = mutatedBodies(60)

let system: System
let watch: Watch
let sending: Promise<unknown>
const fates = new Map<object, Promise<unknown>>()

type Task = (sender: Sender) => Promise<void>

function fateLater(key: object, work: (sender: Sender) => Promise<unknown>): Task {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  promise.catch(() => undefined)
  fates.set(key, promise)
  return (sender) => work(sender).then(resolve, reject)
}

/** As a person of its own where the samples of another body could change its verdicts. */
async function fateTask(body: HostileBody): Promise<Task> {
  const bytes = await body.bytes()
  const isUnaffected = body.isUnaffected ?? (body.refused !== undefined || body.end?.counts === null)
  return fateLater(body, async (shared) =>
    fateOf(isUnaffected ? shared : await newSender(system), body, bytes),
  )
}

/** What is asked of a mutated body does not hang on its sender's other samples. */
function mutatedTask(bytes: Buffer): Task {
  return fateLater(bytes, (shared) => fateOf(shared, { title: 'mutated', bytes: () => bytes }, bytes))
}

/** Works through the tasks as one person. */
async function workOff(tasks: Task[]): Promise<void> {
  const sender = await newSender(system)
  for (let next = tasks.shift(); next; next = tasks.shift()) await next(sender)
}

/**
 * Sends everything, several at once; whoever asks for a fate waits for it. All bodies are made before: the local cloud
 * lives in this process and answers nothing meanwhile.
 */
async function sendAll(): Promise<void> {
  const large = await Promise.all(largeBodies.map(fateTask))
  const small: Task[] = []
  for (const [, bodies] of tables) {
    for (const body of bodies) if (!largeBodies.includes(body)) small.push(await fateTask(body))
  }
  small.push(...mutated.map(mutatedTask))
  const broken = brokenRequests.map((request) => fateLater(request, (sender) => answersTo(sender, request)))
  sending = Promise.all([
    ...broken.map((task) => workOff([task])),
    ...Array.from({ length: LARGE_AT_ONCE }, () => workOff(large)),
    ...Array.from({ length: SMALL_AT_ONCE }, () => workOff(small)),
  ])
}

beforeAll(async () => {
  system = await startSystem({ environment: { REQUEST_DEADLINE_MS: String(DEADLINE_MS) } })
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

describe('a broken request ends with its answer:', () => {
  it.each(brokenRequests.map((request) => [request.title, request] as const))(
    '%s',
    async (_title, request) => {
      expect(await fates.get(request)).toEqual(request.answers)
    },
    120_000,
  )
})

it(`of sixty mutated bodies none fails without a reason (seed ${SEED})`, async () => {
  const ends = (await Promise.all(mutated.map((bytes) => fates.get(bytes)))) as Fate[]
  expect(ends.filter(({ isKept }) => !isKept)).toEqual([])
  const codes = new Set(ends.map(({ end }) => end?.outcome))
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
