import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Firestore } from '@google-cloud/firestore'
import { createServiceContext } from '../service-context.ts'
import { connect } from './conformance/client.ts'
import { fill, idsOf, statusOf } from './conformance/conformance-case.ts'
import { startFirestore } from './server.ts'

async function startEmulator(dataDir?: string) {
  const context = createServiceContext({ projectId: 'demo-clarity', dataDir })
  const service = await startFirestore(context, { port: 0 })
  const clients: Firestore[] = []
  return {
    service,
    faults: context.faults,
    connect() {
      const client = connect(`127.0.0.1:${service.port}`)
      clients.push(client)
      return client
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.terminate()))
      await service[Symbol.asyncDispose]()
      // A listener's stream hears of its end a moment after the client has.
      await delay(50)
      context.database.close()
    },
  }
}

/** A Firestore in a process of its own, to be killed. */
async function spawnEmulator(dataDir: string): Promise<{ child: ChildProcess; port: number }> {
  const module = (name: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href)
  const script = `
    const { createServiceContext } = await import(${module('../service-context.ts')})
    const { startFirestore } = await import(${module('server.ts')})
    const context = createServiceContext({ projectId: 'demo-clarity', dataDir: ${JSON.stringify(dataDir)} })
    console.log((await startFirestore(context, { port: 0 })).port)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, port: Number(line) }
}

describe('the Firestore service', () => {
  let dataDir: string
  beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'firestore-'))))
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  it('finds its documents again after a restart, with their times', async () => {
    const before = await (async () => {
      await using emulator = await startEmulator(dataDir)
      const doc = emulator.connect().doc('users/u')
      await doc.set({ n: 1 })
      return await doc.get()
    })()
    await using emulator = await startEmulator(dataDir)
    const doc = emulator.connect().doc('users/u')
    const after = await doc.get()
    expect([after.data(), after.updateTime]).toEqual([before.data(), before.updateTime])
    expect((await doc.update({ n: 2 })).writeTime > before.updateTime!).toBe(true)
  })

  it('has every acknowledged write after it was killed', async () => {
    const { child, port } = await spawnEmulator(dataDir)
    const client = connect(`127.0.0.1:${port}`)
    const acknowledged: string[] = []
    const writing = Array.from({ length: 50 }, async (_, n) => {
      const { id } = client.collection('items').doc(String(n).padStart(2, '0'))
      const outcome = await statusOf(client.collection('items').doc(id).create({ n }))
      if (outcome === 'OK') acknowledged.push(id)
      if (acknowledged.length === 20) child.kill('SIGKILL')
    })
    await once(child, 'exit')
    void Promise.allSettled(writing)
    const promised = [...acknowledged].sort()
    await using emulator = await startEmulator(dataDir)
    expect(promised.length).toBeGreaterThanOrEqual(20)
    expect(await idsOf(emulator.connect().collection('items'))).toEqual(expect.arrayContaining(promised))
    await client.terminate()
  })

  it('gives every commit a later time than the one before', async () => {
    await using emulator = await startEmulator()
    const items = emulator.connect().collection('items')
    const times: bigint[] = []
    for (let n = 0; n < 20; n += 1) {
      const { writeTime } = await items.doc('a').set({ n })
      times.push(BigInt(writeTime.seconds) * 1_000_000n + BigInt(writeTime.nanoseconds / 1000))
    }
    expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true)
  })

  it('fails with the code of a fault, as often as asked for', async () => {
    await using emulator = await startEmulator()
    const doc = emulator.connect().doc('a/b')
    emulator.faults.add({ service: 'firestore', method: 'Commit', code: 'PERMISSION_DENIED', times: 1 })
    expect([await statusOf(doc.set({})), await statusOf(doc.get()), await statusOf(doc.set({}))]).toEqual([
      'PERMISSION_DENIED',
      'OK',
      'OK',
    ])
  })

  // Not in the conformance table: Google's emulator keeps gRPC's default of 4 MiB, which Firestore does not have.
  it('takes a request of ten mebibytes, and refuses a larger one', async () => {
    await using emulator = await startEmulator()
    const db = emulator.connect()
    const commit = (documents: number) => {
      const batch = db.batch()
      for (let n = 0; n < documents; n += 1) batch.set(db.doc(`a/${n}`), { blob: Buffer.alloc(1_000_000) })
      return statusOf(batch.commit())
    }
    expect([await commit(10), await commit(12)]).toEqual(['OK', 'INVALID_ARGUMENT'])
  })

  it('names a method that it does not implement', async () => {
    await using emulator = await startEmulator()
    const partitions = emulator.connect().collectionGroup('a').getPartitions(3)
    await expect(partitions[Symbol.asyncIterator]().next()).rejects.toThrow(/UNIMPLEMENTED.*PartitionQuery/)
  })

  it('frees the documents of a transaction whose client is gone', async () => {
    await using emulator = await startEmulator()
    const [gone, other] = [emulator.connect(), emulator.connect()]
    await other.doc('a/b').set({ n: 1 })
    await new Promise<void>((resolve) => {
      const abandoned = gone.runTransaction(async (transaction) => {
        await transaction.get(gone.doc('a/b'))
        resolve()
        await new Promise(() => {})
      })
      abandoned.catch(() => {})
    })
    const write = statusOf(other.doc('a/b').update({ n: 2 }))
    await gone.terminate()
    expect(await write).toBe('OK')
  })

  it('counts documents by root collection, and forgets all on reset, telling who listens', async () => {
    await using emulator = await startEmulator()
    const db = emulator.connect()
    await fill(db.collection('users'), { a: {}, b: {} })
    await fill(db.collection('users/a/days'), { d: {} })
    await fill(db.collection('audit'), { x: {} })
    expect(emulator.service.collections()).toEqual([
      { name: 'audit', documents: 1 },
      { name: 'users', documents: 3 },
    ])
    const heard: boolean[] = []
    await new Promise<void>((resolve) => {
      const stop = db.doc('users/a').onSnapshot(({ exists }) => {
        heard.push(exists)
        if (exists) return emulator.service.reset()
        stop()
        resolve()
      })
    })
    expect([heard, emulator.service.collections()]).toEqual([[true, false], []])
  })
})
