import { Storage } from '@google-cloud/storage'
import { createServiceContext } from '../service-context.ts'
import { STORAGE_CONFORMANCE } from './conformance-table.ts'
import { type EmulatedStorage, startStorage } from './server.ts'

describe('Cloud Storage, through its Node client', () => {
  let emulated: EmulatedStorage
  let storage: Storage
  let buckets = 0

  beforeAll(async () => {
    emulated = await startStorage(createServiceContext({ projectId: 'demo-clarity' }), { port: 0 })
    storage = new Storage({
      projectId: 'demo-clarity',
      apiEndpoint: `http://127.0.0.1:${emulated.port}`,
      retryOptions: { autoRetry: false },
    })
  })
  afterAll(() => emulated[Symbol.asyncDispose]())

  it.each(STORAGE_CONFORMANCE)('$title', async ({ run, expected }) => {
    const [bucket] = await storage.bucket(`conformance-${++buckets}`).create()
    expect(await run(bucket)).toEqual(expected)
  })
})
