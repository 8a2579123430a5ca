import { type Transaction } from '@google-cloud/firestore'
import { type ConformanceCase, fill, idsOf, sendRaw, statusOf } from './conformance-case.ts'

/** A status of gRPC. */
const INVALID_ARGUMENT = 3

const times = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))

export const TRANSACTION_CASES: ConformanceCase[] = [
  {
    title: 'ten concurrent increments by read and write make ten',
    async run({ db, doc }) {
      await doc.set({ n: 0 })
      await times(10, () =>
        db.runTransaction(async (transaction) => {
          const read = await transaction.get(doc)
          transaction.update(doc, { n: read.get('n') + 1 })
        }),
      )
      return (await doc.get()).get('n')
    },
    expected: 10,
  },
  {
    title: 'of ten transactions that create a document unless it exists, one creates it',
    async run({ db, doc }) {
      const createOnce = async (transaction: Transaction) => {
        if ((await transaction.get(doc)).exists) return 'found'
        transaction.create(doc, { x: 1 })
        return 'created'
      }
      return (await times(10, () => db.runTransaction(createOnce))).sort()
    },
    expected: ['created', ...Array.from({ length: 9 }, () => 'found')],
  },
  {
    title: 'transactions that query before they add never add more than the query allows',
    async run({ db, items }) {
      const addUpToThree = async (transaction: Transaction) => {
        const { size } = await transaction.get(items.where('kind', '==', 'seat'))
        if (size < 3) transaction.create(items.doc(), { kind: 'seat' })
      }
      await times(6, () => db.runTransaction(addUpToThree))
      return (await items.get()).size
    },
    expected: 3,
  },
  {
    title: 'a transaction sums over documents that others move amounts between',
    async run({ db, items }) {
      await fill(items, { a: { n: 50 }, b: { n: 50 } })
      const move = (from: string, to: string) =>
        db.runTransaction(async (transaction) => {
          const [source, target] = await transaction.getAll(items.doc(from), items.doc(to))
          transaction.update(items.doc(from), { n: source!.get('n') - 1 })
          transaction.update(items.doc(to), { n: target!.get('n') + 1 })
        })
      const sums = await times(6, async (index) => {
        await move(...((index % 2 ? ['a', 'b'] : ['b', 'a']) as [string, string]))
        return db.runTransaction(
          async (transaction) => {
            const { docs } = await transaction.get(items)
            return docs.reduce((sum, document) => sum + document.get('n'), 0)
          },
          { readOnly: true },
        )
      })
      return [new Set(sums), (await items.doc('a').get()).get('n')]
    },
    expected: [new Set([100]), 50],
  },
  {
    title: 'a failed callback writes nothing and frees what it has read',
    async run({ db, doc }) {
      await doc.set({ n: 1 })
      const failed = await db
        .runTransaction(async (transaction) => {
          await transaction.get(doc)
          transaction.update(doc, { n: 2 })
          throw new Error('no')
        })
        .catch((error: Error) => error.message)
      await doc.update({ after: true })
      return [failed, (await doc.get()).data()]
    },
    expected: ['no', { n: 1, after: true }],
  },
  {
    title: 'a write from outside waits for the transaction that has read the document',
    async run({ db, doc }) {
      await doc.set({ log: 'start' })
      let outside: Promise<unknown> | undefined
      await db.runTransaction(async (transaction) => {
        const read = await transaction.get(doc)
        outside ??= doc.update({ outside: true })
        await new Promise((resolve) => setTimeout(resolve, 100))
        transaction.update(doc, { log: `${read.get('log')}, ${read.get('outside') ?? 'alone'}` })
      })
      await outside
      return (await doc.get()).data()
    },
    expected: { log: 'start, alone', outside: true },
  },
  {
    title: 'a precondition that fails inside a transaction fails it with its own status',
    run: ({ db, doc }) =>
      statusOf(
        db.runTransaction(async (transaction) => {
          await transaction.get(doc)
          transaction.update(doc, { x: 1 })
        }),
      ),
    expected: 'NOT_FOUND',
  },
  {
    title: 'a read-only transaction sees one moment, whatever is written meanwhile',
    async run({ db, items }) {
      await fill(items, { a: { n: 1 }, b: { n: 1 }, c: { n: 1 } })
      return db.runTransaction(
        async (transaction) => {
          const first = await transaction.get(items.doc('a'))
          await items.doc('b').update({ n: 2 })
          await items.doc('c').delete()
          await items.doc('d').set({ n: 1 })
          const { docs } = await transaction.get(items)
          return [first.get('n'), docs.map((document) => [document.id, document.get('n')])]
        },
        { readOnly: true },
      )
    },
    expected: [
      1,
      [
        ['a', 1],
        ['b', 1],
        ['c', 1],
      ],
    ],
  },
  {
    title: 'a read at a past time sees the state of then',
    async run({ db, doc }) {
      await doc.set({ n: 1 })
      const { readTime } = await doc.get()
      await doc.set({ n: 2 })
      return db.runTransaction(async (transaction) => (await transaction.get(doc)).get('n'), {
        readOnly: true,
        readTime,
      })
    },
    expected: 1,
  },
  {
    title: 'a transaction that is not known any more is told so',
    async run({ db }) {
      type Begun = { transaction: Uint8Array }
      const { transaction } = await sendRaw<Begun>(db, 'beginTransaction', { options: { readWrite: {} } })
      const commit = (id: Uint8Array) => statusOf(sendRaw(db, 'commit', { writes: [], transaction: id }))
      const rollback = (id: Uint8Array) => statusOf(sendRaw(db, 'rollback', { transaction: id }))
      return [
        await commit(transaction),
        await commit(transaction),
        await rollback(transaction),
        await commit(Buffer.from('no such transaction')),
        await rollback(Buffer.from('no such transaction')),
      ]
    },
    expected: ['OK', 'INVALID_ARGUMENT', 'OK', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT'],
  },
  {
    title: 'two transactions that wait for each other both end, one after another attempt',
    async run({ db, items }) {
      await fill(items, { a: { n: 0 }, b: { n: 0 } })
      const both = (first: string, second: string) =>
        db.runTransaction(async (transaction) => {
          const one = await transaction.get(items.doc(first))
          await new Promise((resolve) => setTimeout(resolve, 50))
          const two = await transaction.get(items.doc(second))
          transaction.update(items.doc(first), { n: one.get('n') + 1 })
          transaction.update(items.doc(second), { n: two.get('n') + 1 })
        })
      // Google's emulator, when it is slow, closes one while its client waits: that the client does not repeat itself.
      const again = (attempt: () => Promise<void>) =>
        attempt().catch((error: unknown) => {
          if ((error as { code?: unknown }).code !== INVALID_ARGUMENT) throw error
          return attempt()
        })
      await Promise.all([again(() => both('a', 'b')), again(() => both('b', 'a'))])
      return [
        (await items.doc('a').get()).get('n'),
        (await items.doc('b').get()).get('n'),
        await idsOf(items),
      ]
    },
    expected: [2, 2, ['a', 'b']],
  },
]
