import { LockTable, type LockTarget } from './locks.ts'

const database = 'projects/p/databases/d'
const document = (path: string): LockTarget => ({ document: { database, segments: path.split('/') } })
const collection = (collectionId: string, parent: readonly string[] = []): LockTarget => ({
  scope: { parent: { database, segments: parent }, collectionId, allDescendants: false },
})
const settled = async (promise: Promise<void>) =>
  Promise.race([promise.then(() => 'held'), new Promise((resolve) => setImmediate(() => resolve('waits')))])
const failure = (promise: Promise<void>) => promise.then(() => 'held').catch((error: Error) => error.message)

describe('LockTable', () => {
  it('hands a document from one owner to the next in the order they came', async () => {
    const locks = new LockTable()
    const order: string[] = []
    const owners = ['first', 'second', 'third'].map((name) => ({ name }))
    const waits = owners.map((owner) =>
      locks.acquire(owner, [document('a/b')]).then(() => {
        order.push(owner.name)
        locks.release(owner)
      }),
    )
    await Promise.all(waits)
    expect(order).toEqual(['first', 'second', 'third'])
  })

  it.each<[string, LockTarget, string]>([
    ['another document', document('a/c'), 'held'],
    ['the document itself', document('a/b'), 'waits'],
    ['a query over its collection', collection('a'), 'waits'],
    ['a query over another collection', collection('b'), 'held'],
    ['a query over a collection of the same id elsewhere', collection('a', ['x', 'y']), 'held'],
  ])('beside a held document, %s: %s', async (_name, target, expected) => {
    const locks = new LockTable()
    await locks.acquire({}, [document('a/b')])
    expect(await settled(locks.acquire({}, [target]))).toBe(expected)
  })

  it('keeps documents that do not exist yet out of a collection that a query has read', async () => {
    const locks = new LockTable()
    await locks.acquire({}, [collection('days', ['users', 'u'])])
    expect(await settled(locks.acquire({}, [document('users/u/days/new')]))).toBe('waits')
    expect(await settled(locks.acquire({}, [document('users/u')]))).toBe('held')
  })

  it('refuses to let two owners wait for each other, and serves the other once locks are freed', async () => {
    const locks = new LockTable()
    const [one, two] = [{ name: 'one' }, { name: 'two' }]
    await locks.acquire(one, [document('a/1')])
    await locks.acquire(two, [document('a/2')])
    const waiting = locks.acquire(one, [document('a/2')])
    expect(await failure(locks.acquire(two, [document('a/1')]))).toMatch('Too much contention')
    locks.release(two)
    expect(await failure(waiting)).toBe('held')
  })

  it('lets an owner that holds locks pass those who wait for them', async () => {
    const locks = new LockTable()
    const holder = { name: 'holder' }
    await locks.acquire(holder, [document('a/1')])
    const outside = locks.acquire({}, [document('a/1'), document('a/2')])
    expect(await settled(locks.acquire(holder, [document('a/2')]))).toBe('held')
    expect(await settled(outside)).toBe('waits')
  })

  it('forgets a waiter whose caller goes away, and one that waits too long', async () => {
    const locks = new LockTable(20)
    const holder = { name: 'holder' }
    await locks.acquire(holder, [document('a/1')])
    const controller = new AbortController()
    const cancelled = failure(locks.acquire({}, [document('a/1')], controller.signal))
    controller.abort()
    expect(await cancelled).toBe('The caller went away.')
    expect(await failure(locks.acquire({}, [document('a/1')]))).toMatch('Too much contention')
    locks.release(holder)
    expect(await settled(locks.acquire({}, [document('a/1')]))).toBe('held')
  })

  it('leaves nothing to an owner that is released while it waits', async () => {
    const locks = new LockTable()
    const [holder, gone] = [{ name: 'holder' }, { name: 'gone' }]
    await locks.acquire(holder, [document('a/1')])
    const waiting = failure(locks.acquire(gone, [document('a/1')]))
    locks.release(gone)
    locks.release(holder)
    expect(await waiting).toMatch('Too much contention')
    expect(await settled(locks.acquire({}, [document('a/1')]))).toBe('held')
  })
})
