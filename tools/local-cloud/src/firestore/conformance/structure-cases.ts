import { AggregateField, type DocumentSnapshot, FieldPath } from '@google-cloud/firestore'
import { type ConformanceCase, type Place, fill, idsOf } from './conformance-case.ts'

/** Calls `act` once each time the listener has told something, and returns all it told. */
async function heard(
  { doc }: Place,
  describe: (snapshot: DocumentSnapshot) => unknown,
  acts: readonly (() => Promise<unknown>)[],
): Promise<unknown[]> {
  const told: unknown[] = []
  const pending = [...acts]
  await new Promise<void>((resolve, reject) => {
    const stop = doc.onSnapshot((snapshot) => {
      told.push(describe(snapshot))
      const next = pending.shift()
      if (next) return void next().catch(reject)
      stop()
      resolve()
    }, reject)
  })
  return told
}

const LISTENING: ConformanceCase[] = [
  {
    title: 'a listener hears of a document that is made, changed, deleted and made again',
    run: (place) =>
      heard(place, (snapshot) => (snapshot.exists ? snapshot.get('n') : 'none'), [
        () => place.doc.create({ n: 1 }),
        () => place.doc.update({ n: 2 }),
        () => place.doc.delete(),
        () => place.db.runTransaction(async (transaction) => void transaction.set(place.doc, { n: 3 })),
      ]),
    expected: ['none', 1, 2, 'none', 3],
  },
  {
    title: 'a listener on a document that exists hears it first',
    async run(place) {
      await place.doc.set({ n: 1 })
      return heard(place, (snapshot) => [snapshot.get('n'), snapshot.createTime !== undefined], [])
    },
    expected: [[1, true]],
  },
  {
    title: 'a listener on a query hears what enters, changes and leaves',
    async run({ items }) {
      await fill(items, { a: { n: 1 }, b: { n: 2 }, c: { n: 9 } })
      const acts = [
        () => items.doc('c').update({ n: 0 }),
        () => items.doc('a').update({ n: 3 }),
        () => items.doc('b').delete(),
      ]
      const told: unknown[] = []
      await new Promise<void>((resolve, reject) => {
        const stop = items
          .where('n', '<', 5)
          .orderBy('n')
          .limit(2)
          .onSnapshot((snapshot) => {
            told.push([
              snapshot.docs.map(({ id }) => id),
              snapshot.docChanges().map(({ type, doc }) => `${type} ${doc.id}`),
            ])
            const next = acts.shift()
            if (next) return void next().catch(reject)
            stop()
            resolve()
          }, reject)
      })
      return told
    },
    expected: [
      [
        ['a', 'b'],
        ['added a', 'added b'],
      ],
      [
        ['c', 'a'],
        ['removed b', 'added c'],
      ],
      [
        ['c', 'b'],
        ['removed a', 'added b'],
      ],
      [
        ['c', 'a'],
        ['removed b', 'added a'],
      ],
    ],
  },
]

async function plant({ doc, items }: Place): Promise<void> {
  await fill(items, { a: { n: 1 }, c: { n: 3 } })
  await fill(items.doc('b').collection('sub'), { x: { n: 4 } })
  await fill(items.doc('b').collection('sub').doc('y').collection('deep'), { z: { n: 5 } })
  await fill(doc.collection('sub'), { w: { n: 6 } })
}

export const STRUCTURE_CASES: ConformanceCase[] = [
  ...LISTENING,
  {
    title: 'documents are listed together with missing ones that have descendants',
    async run(place) {
      await plant(place)
      const listed = await place.items.listDocuments()
      const below = await place.items.doc('b').collection('sub').listDocuments()
      return [listed.map(({ id }) => id), below.map(({ id }) => id)]
    },
    expected: [
      ['a', 'b', 'c'],
      ['x', 'y'],
    ],
  },
  {
    title: 'many documents are listed page by page',
    async run({ items }) {
      const ids = Array.from({ length: 450 }, (_, n) => String(n).padStart(3, '0'))
      await fill(items, Object.fromEntries(ids.map((id) => [id, {}])))
      return (await items.listDocuments()).map(({ id }) => id).join() === ids.join()
    },
    expected: true,
  },
  {
    title: 'collections of a document are listed, also of a missing one',
    async run(place) {
      await plant(place)
      await place.items.doc('b').collection('Another').doc('x').set({})
      const collections = await place.items.doc('b').listCollections()
      const deep = await place.items.doc('b').collection('sub').doc('y').listCollections()
      const none = await place.items.doc('a').listCollections()
      return [collections.map(({ id }) => id), deep.map(({ id }) => id), none.length]
    },
    expected: [['Another', 'sub'], ['deep'], 0],
  },
  {
    title: 'a collection group finds documents of one collection id wherever they lie',
    async run({ db, doc, items }) {
      const group = `group-${items.parent?.id}`
      await fill(doc.collection(group), { a: { n: 1 }, b: { n: 2 } })
      await fill(items.doc('x').collection(group), { c: { n: 3 } })
      await fill(items.doc('x').collection(`${group}-other`), { d: { n: 4 } })
      const query = db.collectionGroup(group)
      const byName = query.where(FieldPath.documentId(), '>=', doc.collection(group).doc('b'))
      return [
        await idsOf(query.orderBy('n', 'desc')),
        await idsOf(query.where('n', '>', 1)),
        (await idsOf(byName)).includes('a'),
      ]
    },
    expected: [['c', 'b', 'a'], ['b', 'c'], false],
  },
  {
    title: 'a recursive delete of a collection takes everything below and nothing beside',
    async run(place) {
      await plant(place)
      const beside = place.items.parent!.collection(`${place.items.id}-beside`)
      await fill(beside, { keep: { n: 1 } })
      await place.db.recursiveDelete(place.items)
      const left = await place.items.doc('b').collection('sub').get()
      return [
        (await place.items.listDocuments()).length,
        left.size,
        await idsOf(beside),
        await idsOf(place.doc.collection('sub')),
      ]
    },
    expected: [0, 0, ['keep'], ['w']],
  },
  {
    title: 'a recursive delete of a document takes its descendants',
    async run(place) {
      await plant(place)
      await place.items.doc('b').set({ n: 2 })
      await place.db.recursiveDelete(place.items.doc('b'))
      return (await place.items.listDocuments()).map(({ id }) => id)
    },
    expected: ['a', 'c'],
  },
  {
    title: 'select returns the fields named, and none at all',
    async run({ items }) {
      await fill(items, { a: { x: 1, m: { y: 2, z: 3 } } })
      const [some] = (await items.select('m.y').get()).docs
      const [none] = (await items.select().get()).docs
      return [some?.data(), none?.data(), some?.createTime !== undefined]
    },
    expected: [{ m: { y: 2 } }, {}, true],
  },
  {
    title: 'counts, sums and means take documents that have all fields asked for',
    async run({ items }) {
      await fill(items, { a: { n: 1 }, b: { n: 2.5 }, c: { n: 'text' }, d: {} })
      const fields = {
        count: AggregateField.count(),
        sum: AggregateField.sum('n'),
        mean: AggregateField.average('n'),
      }
      const whole = await items.aggregate(fields).get()
      const part = await items.where('n', '>', 100).aggregate(fields).get()
      return [whole.data(), part.data(), (await items.limit(2).count().get()).data()]
    },
    expected: [{ count: 3, sum: 3.5, mean: 1.75 }, { count: 0, sum: 0, mean: null }, { count: 2 }],
  },
]
