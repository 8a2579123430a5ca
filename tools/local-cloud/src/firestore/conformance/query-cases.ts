import { FieldPath, Filter, GeoPoint, type Query, Timestamp } from '@google-cloud/firestore'
import { type ConformanceCase, type Place, fill, idsOf, statusOf } from './conformance-case.ts'

const PEOPLE = {
  ada: { name: 'Ada', age: 36, city: 'London', tags: ['math', 'prose'], score: 1 },
  bob: { name: 'Bob', age: 17, city: 'Paris', tags: ['math'], score: null },
  cai: { name: 'Cai', age: 36.5, city: 'London', tags: [] },
  dee: { name: 'Dee', age: '36', city: 'Rome', tags: 'math', score: NaN },
  eve: { name: 'Eve', city: 'Rome', score: 2, address: { zip: 7 } },
}

/** A case that asks one question of the five people. */
function asked(
  title: string,
  ask: (items: Place['items']) => Query,
  expected: readonly string[],
): ConformanceCase {
  return {
    title,
    async run({ items }) {
      await fill(items, PEOPLE)
      return idsOf(ask(items))
    },
    expected,
  }
}

const FILTERS: ConformanceCase[] = [
  asked('equality finds integers and doubles of one size', (q) => q.where('age', '==', 36), ['ada']),
  asked('an inequality compares within one type', (q) => q.where('age', '>', 17), ['ada', 'cai']),
  asked('an inequality over strings leaves numbers out', (q) => q.where('age', '<=', '99'), ['dee']),
  asked('a range over one field', (q) => q.where('age', '>=', 17).where('age', '<', 36.5), ['bob', 'ada']),
  asked('not-equal leaves null and absence out', (q) => q.where('score', '!=', 1), ['dee', 'eve']),
  asked('is null', (q) => q.where('score', '==', null), ['bob']),
  asked('is not null', (q) => q.where('score', '!=', null), ['dee', 'ada', 'eve']),
  asked('is NaN', (q) => q.where('score', '==', NaN), ['dee']),
  asked('is not NaN', (q) => q.where('score', '!=', NaN), ['ada', 'eve']),
  asked('in', (q) => q.where('city', 'in', ['Rome', 'Paris']), ['bob', 'dee', 'eve']),
  asked('in with null finds no null', (q) => q.where('score', 'in', [null, 2]), ['eve']),
  asked('not-in', (q) => q.where('city', 'not-in', ['Rome', 'Paris']), ['ada', 'cai']),
  asked('not-in with null finds nothing', (q) => q.where('score', 'not-in', [1, null]), []),
  asked('array-contains', (q) => q.where('tags', 'array-contains', 'math'), ['ada', 'bob']),
  asked('array-contains-any', (q) => q.where('tags', 'array-contains-any', ['prose', 'x']), ['ada']),
  asked('a nested field', (q) => q.where('address.zip', '==', 7), ['eve']),
  asked('equality of a whole map', (q) => q.where('address', '==', { zip: 7 }), ['eve']),
  asked('and', (q) => q.where('city', '==', 'London').where('age', '>', 36), ['cai']),
  asked('inequalities on two fields', (q) => q.where('age', '>', 0).where('name', '<', 'C'), ['bob', 'ada']),
  asked('or', (q) => q.where(Filter.or(Filter.where('age', '==', 17), Filter.where('city', '==', 'Rome'))), [
    'bob',
    'dee',
    'eve',
  ]),
  asked(
    'or of inequalities on two fields asks for both fields',
    (q) => q.where(Filter.or(Filter.where('age', '>', 36), Filter.where('score', '>', 1))),
    [],
  ),
  asked(
    'or within and',
    (q) =>
      q.where(
        Filter.and(
          Filter.or(Filter.where('city', '==', 'London'), Filter.where('city', '==', 'Paris')),
          Filter.or(Filter.where('age', '>=', 36), Filter.where('tags', 'array-contains', 'math')),
        ),
      ),
    ['bob', 'ada', 'cai'],
  ),
  asked(
    'by name',
    (q) => q.where(FieldPath.documentId(), '>', 'bob').where(FieldPath.documentId(), '<=', 'dee'),
    ['cai', 'dee'],
  ),
  asked('by names', (q) => q.where(FieldPath.documentId(), 'in', ['eve', 'ada', 'nobody']), ['ada', 'eve']),
]

const ORDERS: ConformanceCase[] = [
  asked('without order by name', (q) => q, ['ada', 'bob', 'cai', 'dee', 'eve']),
  asked('an order leaves out documents without the field', (q) => q.orderBy('age'), [
    'bob',
    'ada',
    'cai',
    'dee',
  ]),
  asked('the name breaks ties in the last direction', (q) => q.orderBy('city', 'desc'), [
    'eve',
    'dee',
    'bob',
    'cai',
    'ada',
  ]),
  asked('two orders', (q) => q.orderBy('city', 'desc').orderBy('name'), ['dee', 'eve', 'bob', 'ada', 'cai']),
  asked(
    'descending by name among equals',
    (q) => q.where('city', '==', 'London').orderBy(FieldPath.documentId(), 'desc').limit(1),
    ['cai'],
  ),
  asked('offset and limit', (q) => q.orderBy('name').offset(1).limit(2), ['bob', 'cai']),
  asked('an offset beyond the end', (q) => q.offset(9), []),
  asked('limit to last', (q) => q.orderBy('name').limitToLast(2), ['dee', 'eve']),
  asked('start at and end before', (q) => q.orderBy('name').startAt('Bob').endBefore('Dee'), ['bob', 'cai']),
  asked('start after and end at', (q) => q.orderBy('name').startAfter('Bob').endAt('Dee'), ['cai', 'dee']),
  asked('a cursor in a descending order', (q) => q.orderBy('name', 'desc').startAfter('Dee').endAt('Bob'), [
    'cai',
    'bob',
  ]),
  asked(
    'a cursor of two values',
    (q) => q.orderBy('city').orderBy('name').startAfter('London', 'Ada').limit(2),
    ['cai', 'bob'],
  ),
  asked('a cursor on the name', (q) => q.orderBy(FieldPath.documentId()).startAfter('bob').endBefore('eve'), [
    'cai',
    'dee',
  ]),
  asked(
    'a cursor on the name, descending',
    (q) =>
      q.where('age', '>', 0).orderBy('age', 'desc').orderBy(FieldPath.documentId(), 'desc').startAt(36, 'b'),
    ['ada', 'bob'],
  ),
]

const MIXED: Record<string, unknown> = {
  '01-null': null,
  '02-false': false,
  '03-true': true,
  '04-nan': NaN,
  '05-minus-infinity': -Infinity,
  '06-minus-one': -1,
  '07-zero': 0,
  '08-minus-zero': -0,
  '09-tenth': 0.1,
  '10-large': 9007199254740992,
  '11-larger': 9007199254740994.0,
  '12-time': new Timestamp(1, 0),
  '13-later': new Timestamp(1, 1000),
  '14-empty': '',
  '15-A': 'A',
  '16-a': 'a',
  '17-private-use': '\uf8ff',
  '18-emoji': '😀',
  '19-bytes': Buffer.from([]),
  '20-bytes-1': Buffer.from([1]),
  '21-bytes-1-0': Buffer.from([1, 0]),
  '24-point': new GeoPoint(-1, 5),
  '25-point-north': new GeoPoint(1, -5),
  '26-array': [],
  '27-array-1': [1],
  '28-array-1-2': [1, 2],
  '29-array-text': ['a'],
  '30-map': {},
  '31-map-a': { a: 1 },
  '32-map-a-b': { a: 1, b: 0 },
  '33-map-a-2': { a: 2 },
  '34-map-b': { b: 0 },
}

async function fillMixed({ db, items }: Place): Promise<string[]> {
  const all: Record<string, object> = {
    '22-reference': { v: db.doc('a/b') },
    '23-reference-below': { v: db.doc('a/b/c/d') },
  }
  for (const [id, v] of Object.entries(MIXED)) all[id] = { v }
  await fill(items, all)
  return Object.keys(all).sort()
}

const MIXED_CASES: ConformanceCase[] = [
  {
    title: 'values of all types have one order',
    async run(place) {
      const ids = await fillMixed(place)
      const found = await idsOf(place.items.orderBy('v'))
      const backwards = await idsOf(place.items.orderBy('v', 'desc'))
      return [
        found.filter((id, index) => id !== ids[index]),
        backwards.reverse().filter((id, index) => id !== ids[index]),
      ]
    },
    expected: [[], []],
  },
  {
    title: 'a cursor of any type splits mixed values in two',
    async run(place) {
      const ids = await fillMixed(place)
      const query = place.items.orderBy('v').orderBy(FieldPath.documentId())
      const wrong: string[] = []
      for (const [index, id] of ids.entries()) {
        const snapshot = await place.items.doc(id).get()
        const [from, until] = [await idsOf(query.startAfter(snapshot)), await idsOf(query.endAt(snapshot))]
        if (from.length !== ids.length - index - 1 || until.length !== index + 1) wrong.push(id)
      }
      return wrong
    },
    expected: [],
  },
  {
    title: 'numeric ids come first, then ids by their bytes',
    async run({ items }) {
      const ids = ['__id-3__', '__id2__', '__id10__', '1', '10', '2', 'A', 'a', 'ab', 'é', '\uf8ff', '😀']
      await fill(items, Object.fromEntries(ids.map((id) => [id, { x: 1 }])))
      return (await idsOf(items)).map((id, index) => id === ids[index])
    },
    expected: Array.from({ length: 12 }, () => true),
  },
]

const REFUSED: ConformanceCase[] = [
  {
    title: 'more than thirty disjunctions are refused',
    async run({ items }) {
      const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
      const product = items.where('a', 'in', numbers(6)).where('b', 'in', numbers(6))
      return [await statusOf(items.where('a', 'in', numbers(30)).get()), await statusOf(product.get())]
    },
    expected: ['OK', 'INVALID_ARGUMENT'],
  },
]

export const QUERY_CASES: ConformanceCase[] = [...FILTERS, ...ORDERS, ...MIXED_CASES, ...REFUSED]
