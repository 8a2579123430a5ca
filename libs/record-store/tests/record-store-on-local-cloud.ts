import { randomUUID } from 'node:crypto'
import { type LocalCloud, startLocalCloud } from '@clarity/local-cloud'
import { type RecordStore, createFirestoreRecordStore } from '../src/index.ts'

export interface StoreUnderTest extends AsyncDisposable {
  readonly store: RecordStore
  /** Another store on the same database. */
  another(): RecordStore
  readonly projectId: string
}

/** A record store on an empty Firestore of the local cloud, or in a project of its own where an emulator is named. */
export async function storeOnLocalCloud(): Promise<StoreUnderTest> {
  const projectId = `test-${randomUUID().slice(0, 8)}`
  const outside = process.env.FIRESTORE_EMULATOR_HOST
  let cloud: LocalCloud | undefined
  if (outside === undefined) {
    cloud = await startLocalCloud({ projectId, services: ['firestore'] })
    process.env.FIRESTORE_EMULATOR_HOST = cloud.environment.FIRESTORE_EMULATOR_HOST
  }
  const stores: RecordStore[] = []
  const another = (): RecordStore => {
    const store = createFirestoreRecordStore({ projectId, userHashKey: 'a key for marks in tests' })
    stores.push(store)
    return store
  }
  return {
    store: another(),
    another,
    projectId,
    async [Symbol.asyncDispose]() {
      for (const store of stores) await store[Symbol.asyncDispose]()
      if (cloud === undefined) return
      await cloud[Symbol.asyncDispose]()
      delete process.env.FIRESTORE_EMULATOR_HOST
    },
  }
}
