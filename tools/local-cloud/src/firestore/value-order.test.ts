import type { Value } from './messages.ts'
import { compareValues } from './value-order.ts'

const name = (path: string) => `projects/p/databases/d/documents/${path}`

/** Values in Firestore's order, those in one row equal. */
const ORDERED: readonly (readonly Value[])[] = [
  [{ nullValue: 'NULL_VALUE' }],
  [{ booleanValue: false }],
  [{ booleanValue: true }],
  [{ doubleValue: NaN }],
  [{ doubleValue: -Infinity }],
  [{ integerValue: '-9223372036854775808' }, { doubleValue: -(2 ** 63) }],
  [{ integerValue: '-1' }, { doubleValue: -1 }],
  [{ integerValue: '0' }, { doubleValue: 0 }, { doubleValue: -0 }],
  [{ doubleValue: Number.MIN_VALUE }],
  [{ integerValue: '9007199254740992' }, { doubleValue: 2 ** 53 }],
  [{ integerValue: '9007199254740993' }],
  [{ integerValue: '9223372036854775807' }],
  [{ doubleValue: 2 ** 63 }],
  [{ timestampValue: { seconds: '-1', nanos: 999 } }],
  [{ timestampValue: {} }, { timestampValue: { seconds: '0', nanos: 0 } }],
  [{ stringValue: '' }],
  [{ stringValue: 'a' }],
  [{ stringValue: 'a\u0000' }],
  [{ stringValue: '\uffff' }],
  [{ stringValue: '\u{10000}' }],
  [{ bytesValue: Buffer.from([]) }],
  [{ bytesValue: Buffer.from([255]) }],
  [{ referenceValue: name('a/__id-1__') }],
  [{ referenceValue: name('a/__id20__') }],
  [{ referenceValue: name('a/0') }],
  [{ referenceValue: name('a/0/z/z') }],
  [{ referenceValue: name('a/00') }],
  [{ geoPointValue: { latitude: -90, longitude: 180 } }],
  [{ geoPointValue: {} }, { geoPointValue: { latitude: 0, longitude: 0 } }],
  [{ arrayValue: {} }],
  [{ arrayValue: { values: [{ integerValue: '1' }, { integerValue: '0' }] } }],
  [{ arrayValue: { values: [{ integerValue: '2' }] } }],
  [vector(9)],
  [vector(0, 0)],
  [{ mapValue: {} }],
  [{ mapValue: { fields: { a: { integerValue: '1' } } } }],
  [{ mapValue: { fields: { b: { integerValue: '0' }, a: { integerValue: '1' } } } }],
  [{ mapValue: { fields: { a: { integerValue: '2' } } } }],
]

function vector(...elements: number[]): Value {
  const values = elements.map((doubleValue) => ({ doubleValue }))
  return {
    mapValue: { fields: { __type__: { stringValue: '__vector__' }, value: { arrayValue: { values } } } },
  }
}

const RANKED = ORDERED.flatMap((row, rank) => row.map((value) => ({ value, rank })))

describe('compareValues', () => {
  it('orders values of all types as Firestore does', () => {
    const wrong = RANKED.flatMap((a) =>
      RANKED.filter((b) => Math.sign(compareValues(a.value, b.value)) !== Math.sign(a.rank - b.rank)).map(
        (b) => [a, b],
      ),
    )
    expect(wrong).toEqual([])
  })
})
