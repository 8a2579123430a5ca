import { type DocumentReference, FieldValue, type Timestamp } from '@google-cloud/firestore'
import { type ConformanceCase, nameOf, sendRaw } from './conformance-case.ts'

/** The values that `field` takes as each transform is applied to what it held before. */
async function after(doc: DocumentReference, steps: readonly [start: unknown, transform: FieldValue][]) {
  const results: unknown[] = []
  for (const [start, transform] of steps) {
    await doc.set(start === undefined ? {} : { field: start })
    await doc.update({ field: transform })
    results.push((await doc.get()).get('field'))
  }
  return results
}

interface NumberValue {
  readonly integerValue?: string
  readonly doubleValue?: number
}

/** Applies a transform that the Node client has no method for to `field`, and returns the result it is answered. */
async function applyRaw(doc: DocumentReference, transform: object): Promise<unknown> {
  const write = {
    update: { name: nameOf(doc), fields: {} },
    updateMask: { fieldPaths: [] },
    updateTransforms: [{ fieldPath: 'field', ...transform }],
  }
  type Committed = { readonly writeResults: readonly { readonly transformResults: readonly NumberValue[] }[] }
  const { writeResults } = await sendRaw<Committed>(doc.firestore, 'commit', { writes: [write] })
  const [result] = writeResults[0]?.transformResults ?? []
  return result?.integerValue ?? result?.doubleValue
}

export const TRANSFORM_CASES: ConformanceCase[] = [
  {
    title: 'increment adds numbers, replaces what is none and starts from nothing',
    run: ({ doc }) =>
      after(doc, [
        [undefined, FieldValue.increment(5)],
        [1, FieldValue.increment(2)],
        [1, FieldValue.increment(0.5)],
        [1.5, FieldValue.increment(-2)],
        ['text', FieldValue.increment(7)],
        [null, FieldValue.increment(0.25)],
      ]),
    expected: [5, 3, 1.5, -0.5, 7, 0.25],
  },
  {
    title: 'an increment beyond 64 bits stays at the largest integer',
    async run({ doc }) {
      await applyRaw(doc, { increment: { integerValue: '9223372036854775000' } })
      return applyRaw(doc, { increment: { integerValue: '1000' } })
    },
    expected: '9223372036854775807',
  },
  {
    title: 'increment keeps integers whole and makes doubles of sums with doubles',
    async run({ doc, items }) {
      await doc.set({ a: 1, b: 1 })
      await doc.update({ a: FieldValue.increment(1), b: FieldValue.increment(0.5) })
      await items.doc('x').set({ n: 2 })
      return (await doc.get()).data()
    },
    expected: { a: 2, b: 1.5 },
  },
  {
    title: 'array union appends what is missing, once, in order',
    run: ({ doc }) =>
      after(doc, [
        [undefined, FieldValue.arrayUnion(1, 2, 1)],
        [[1, 'a'], FieldValue.arrayUnion('a', 'b', { m: 1 })],
        [[{ m: 1 }, 1], FieldValue.arrayUnion({ m: 1 }, 1.0, null)],
        ['text', FieldValue.arrayUnion('x')],
        [NaN, FieldValue.arrayUnion(NaN)],
      ]),
    expected: [[1, 2], [1, 'a', 'b', { m: 1 }], [{ m: 1 }, 1, null], ['x'], [NaN]],
  },
  {
    title: 'array remove takes every equal element away',
    run: ({ doc }) =>
      after(doc, [
        [[1, 2, 1, 'a'], FieldValue.arrayRemove(1, 'absent')],
        [[{ m: 1 }, { m: 2 }, null], FieldValue.arrayRemove({ m: 1 }, null)],
        [undefined, FieldValue.arrayRemove(1)],
        [5, FieldValue.arrayRemove(5)],
      ]),
    expected: [[2, 'a'], [{ m: 2 }], [], []],
  },
  {
    title:
      'the server timestamp is one time in all fields of a commit, in milliseconds, not after the commit',
    async run({ db, items }) {
      const now = { at: FieldValue.serverTimestamp(), deep: { at: FieldValue.serverTimestamp() } }
      const [first] = await db.batch().set(items.doc('a'), now).set(items.doc('b'), now).commit()
      const a = await items.doc('a').get()
      const b = await items.doc('b').get()
      const at: Timestamp = a.get('at')
      return [
        at.isEqual(a.get('deep.at')) && at.isEqual(b.get('at')),
        at.nanoseconds % 1_000_000,
        at.valueOf() <= first!.writeTime.valueOf(),
        first!.writeTime.toMillis() - at.toMillis() < 1000,
      ]
    },
    expected: [true, 0, true, true],
  },
  {
    title: 'maximum and minimum compare integers with doubles, and a tie changes nothing',
    async run({ doc }) {
      const apply = async (start: object, operation: 'maximum' | 'minimum', operand: NumberValue) => {
        await doc.set(start)
        return [await applyRaw(doc, { [operation]: operand }), (await doc.get()).get('field')]
      }
      return [
        await apply({ field: 1 }, 'maximum', { integerValue: '3' }),
        await apply({ field: 5 }, 'maximum', { doubleValue: 4.5 }),
        await apply({ field: 5 }, 'minimum', { doubleValue: 4.5 }),
        await apply({ field: 'text' }, 'minimum', { integerValue: '9' }),
        await apply({}, 'maximum', { integerValue: '-1' }),
        await apply({ field: NaN }, 'maximum', { integerValue: '1' }),
        Object.is((await apply({ field: -0 }, 'maximum', { doubleValue: 0 }))[1], -0),
      ]
    },
    expected: [['3', 3], ['5', 5], [4.5, 4.5], ['9', 9], ['-1', -1], [NaN, NaN], true],
  },
  {
    title: 'a set with transforms replaces the other fields and applies them to nothing',
    async run({ doc }) {
      await doc.set({ n: 10, keep: 1 })
      await doc.set({ n: FieldValue.increment(1), other: 2 })
      const replaced = (await doc.get()).data()
      await doc.set({ n: FieldValue.increment(1), list: FieldValue.arrayUnion('x') }, { merge: true })
      return [replaced, (await doc.get()).data()]
    },
    expected: [
      { n: 1, other: 2 },
      { n: 2, other: 2, list: ['x'] },
    ],
  },
]
