import { FieldPath, FieldValue, Timestamp } from '@google-cloud/firestore'
import { type ConformanceCase, statusOf } from './conformance-case.ts'

export const WRITE_CASES: ConformanceCase[] = [
  {
    title: 'a document is read back with every type of value',
    async run({ doc }) {
      const data = {
        nothing: null,
        yes: true,
        whole: 42,
        large: 2 ** 53,
        fraction: 0.5,
        negative_zero: -0,
        infinite: -Infinity,
        text: 'grüße 🏃',
        empty: '',
        bytes: Buffer.from([0, 255]),
        at: new Timestamp(1_700_000_000, 123_456_000),
        list: [1, 'two', { three: [3] }],
        map: { inner: { deep: 'value' }, empty: {} },
        other: doc,
        'odd.name `\\': 1,
      }
      await doc.set(data)
      const read = (await doc.get()).data()
      return [
        JSON.stringify(Object.keys(read ?? {}).sort()),
        Object.is(read?.['negative_zero'], -0),
        read?.['text'],
        read?.['bytes'],
        read?.['at'].nanoseconds,
        read?.['list'],
        read?.['map'],
        read?.['other'].path === doc.path,
        read?.['infinite'],
        read?.['large'],
        read?.['odd.name `\\'],
      ]
    },
    expected: [
      JSON.stringify([
        'at',
        'bytes',
        'empty',
        'fraction',
        'infinite',
        'large',
        'list',
        'map',
        'negative_zero',
        'nothing',
        'odd.name `\\',
        'other',
        'text',
        'whole',
        'yes',
      ]),
      true,
      'grüße 🏃',
      Buffer.from([0, 255]),
      123_456_000,
      [1, 'two', { three: [3] }],
      { inner: { deep: 'value' }, empty: {} },
      true,
      -Infinity,
      2 ** 53,
      1,
    ],
  },
  {
    title: 'a time is stored to the microsecond',
    async run({ doc }) {
      await doc.set({ at: new Timestamp(1_700_000_000, 123_456_789) })
      return (await doc.get()).get('at').nanoseconds
    },
    expected: 123_456_000,
  },
  {
    title: 'a missing document is told as missing, among others in any order',
    async run({ db, items }) {
      await items.doc('b').set({ x: 1 })
      const found = await db.getAll(items.doc('a'), items.doc('b'), items.doc('c'))
      return found.map(({ id, exists, readTime }) => [id, exists, readTime !== undefined])
    },
    expected: [
      ['a', false, true],
      ['b', true, true],
      ['c', false, true],
    ],
  },
  {
    title: 'a read with a mask has the fields of the mask alone',
    async run({ db, doc }) {
      await doc.set({ a: 1, b: { c: 2, d: 3 }, e: 4 })
      const [read] = await db.getAll(doc, { fieldMask: ['a', 'b.c', 'absent'] })
      return read?.data()
    },
    expected: { a: 1, b: { c: 2 } },
  },
  {
    title: 'create refuses a document that exists, and leaves it as it is',
    async run({ doc }) {
      await doc.create({ first: true })
      return [await statusOf(doc.create({ first: false })), (await doc.get()).data()]
    },
    expected: ['ALREADY_EXISTS', { first: true }],
  },
  {
    title: 'of ten that create one document at once, one succeeds',
    async run({ doc }) {
      const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => statusOf(doc.create({ n }))))
      return outcomes.sort()
    },
    expected: [...Array.from({ length: 9 }, () => 'ALREADY_EXISTS'), 'OK'],
  },
  {
    title: 'update refuses a document that does not exist',
    run: ({ doc }) => statusOf(doc.update({ x: 1 })),
    expected: 'NOT_FOUND',
  },
  {
    title: 'update changes and deletes the fields it names, nested ones too',
    async run({ doc }) {
      await doc.set({ a: 1, b: { c: 1, d: 1 }, e: 1, 'f.g': 1 })
      await doc.update('a', 2, 'b.c', FieldValue.delete(), 'e.f', 3, new FieldPath('f.g'), 4)
      return (await doc.get()).data()
    },
    expected: { a: 2, b: { d: 1 }, e: { f: 3 }, 'f.g': 4 },
  },
  {
    title: 'set with merge makes a document, then merges into it',
    async run({ doc }) {
      await doc.set({ a: { b: 1 } }, { merge: true })
      await doc.set({ a: { c: 2 }, d: [3] }, { merge: true })
      await doc.set({ a: { b: 9, x: 9 }, d: 9 }, { mergeFields: ['a.x'] })
      return (await doc.get()).data()
    },
    expected: { a: { b: 1, c: 2, x: 9 }, d: [3] },
  },
  {
    title: 'set without merge replaces the whole document',
    async run({ doc }) {
      await doc.set({ a: 1, b: 2 })
      const before = await doc.get()
      await doc.set({ b: 3 })
      const after = await doc.get()
      return [
        after.data(),
        after.createTime?.isEqual(before.createTime!),
        after.updateTime! > before.updateTime!,
      ]
    },
    expected: [{ b: 3 }, true, true],
  },
  {
    title: 'a write that changes nothing keeps the update time',
    async run({ doc }) {
      const first = await doc.set({ a: 1, m: { x: 1, y: 2 } })
      const second = await doc.set({ m: { y: 2, x: 1 }, a: 1 })
      return [
        second.writeTime.isEqual(first.writeTime),
        (await doc.get()).updateTime?.isEqual(first.writeTime),
      ]
    },
    expected: [true, true],
  },
  {
    title: 'a write under the update time last seen succeeds once',
    async run({ doc }) {
      const { writeTime } = await doc.set({ x: 1 })
      const write = (x: number) => statusOf(doc.update({ x }, { lastUpdateTime: writeTime }))
      return [await write(2), await write(3), (await doc.get()).data()]
    },
    expected: ['OK', 'FAILED_PRECONDITION', { x: 2 }],
  },
  {
    title: 'a delete under a precondition',
    async run({ doc }) {
      const missing = await statusOf(doc.delete({ exists: true }))
      const { writeTime } = await doc.set({ x: 1 })
      await doc.set({ x: 2 })
      const stale = await statusOf(doc.delete({ lastUpdateTime: writeTime }))
      const present = await statusOf(doc.delete({ exists: true }))
      const gone = await statusOf(doc.delete({ lastUpdateTime: writeTime }))
      return [missing, stale, present, gone, await statusOf(doc.delete())]
    },
    expected: ['NOT_FOUND', 'FAILED_PRECONDITION', 'OK', 'FAILED_PRECONDITION', 'OK'],
  },
  {
    title: 'a batch is all or nothing',
    async run({ db, items }) {
      const batch = db.batch().set(items.doc('a'), { x: 1 }).update(items.doc('absent'), { x: 1 })
      return [await statusOf(batch.commit()), (await items.doc('a').get()).exists]
    },
    expected: ['NOT_FOUND', false],
  },
  {
    title: 'a batch writes one document several times, in order',
    async run({ db, doc }) {
      await db.batch().create(doc, { a: 1 }).update(doc, { b: 2 }).delete(doc).set(doc, { c: 3 }).commit()
      return (await doc.get()).data()
    },
    expected: { c: 3 },
  },
  {
    title: 'a bulk writer tells each write its own outcome',
    async run({ db, items }) {
      const writer = db.bulkWriter()
      writer.onWriteError(() => false)
      const outcomes = [
        statusOf(writer.create(items.doc('a'), { x: 1 })),
        statusOf(writer.update(items.doc('absent'), { x: 1 })),
        statusOf(writer.set(items.doc('b'), { x: 2 })),
        statusOf(writer.delete(items.doc('c'))),
      ]
      await writer.close()
      return [await Promise.all(outcomes), (await items.doc('b').get()).data()]
    },
    expected: [['OK', 'NOT_FOUND', 'OK', 'OK'], { x: 2 }],
  },
  {
    title: 'a document holds a mebibyte, not more',
    async run({ doc }) {
      const set = (bytes: number) => statusOf(doc.set({ blob: Buffer.alloc(bytes) }))
      return [await set(1_000_000), await set(1_048_576)]
    },
    expected: ['OK', 'INVALID_ARGUMENT'],
  },
  {
    title: 'reserved and impossible ids are refused',
    async run({ items }) {
      const ids = ['__reserved__', 'x'.repeat(1501), '__id7__', 'x'.repeat(1500), 'ü ~*[]`.']
      return Promise.all(ids.map((id) => statusOf(items.doc(id).set({ x: 1 }))))
    },
    expected: ['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'OK', 'OK', 'OK'],
  },
  {
    title: 'reserved field names and arrays in arrays are refused',
    async run({ doc }) {
      return [
        await statusOf(doc.set({ __name__: 1 })),
        await statusOf(doc.set({ __x__: 1 })),
        await statusOf(doc.set({ a: [[1]] }).catch((error) => Promise.reject({ code: error.code ?? 3 }))),
      ]
    },
    expected: ['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT'],
  },
]
