import {
  isGoogleEmulatorInstalled,
  startGooglePubSubEmulator,
  type GoogleEmulator,
} from '../conformance/google-emulators.ts'
import { createServiceContext } from '../service-context.ts'
import { conformanceTable } from './conformance-table.ts'
import { createWorld } from './conformance/world.ts'
import { startPubSub, type PubSubService } from './server.ts'

jest.setTimeout(90_000)

describe('Pub/Sub of the local cloud', () => {
  let service: PubSubService

  beforeAll(async () => {
    service = await startPubSub(createServiceContext({ projectId: 'demo' }), { port: 0 })
  })

  afterAll(async () => service[Symbol.asyncDispose]())

  test.each(conformanceTable)('$title', async ({ steps, answer }) => {
    await using world = createWorld(`127.0.0.1:${service.port}`)

    expect(await steps(world)).toEqual(answer)
  })
})

const installed = isGoogleEmulatorInstalled('pubsub')
if (!installed) console.log("Google's Pub/Sub emulator is not installed: its answers are not compared.")

;(installed ? describe : describe.skip)("Google's own Pub/Sub emulator", () => {
  let emulator: GoogleEmulator | undefined

  beforeAll(async () => {
    emulator = await startGooglePubSubEmulator()
  })

  afterAll(async () => emulator?.[Symbol.asyncDispose]())

  test.each(conformanceTable)('$title', async ({ steps, answer, googleEmulator }) => {
    await using world = createWorld(emulator?.host ?? '')

    expect(await steps(world)).toEqual(googleEmulator ? googleEmulator.answer : answer)
  })
})
