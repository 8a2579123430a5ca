import { type ConformanceCase, type Place, nameOf, sendRaw, statusOf } from './conformance-case.ts'

/** Sends writes that the Node client itself would not let through; each to a document of its own. */
function refusals(
  title: string,
  writes: (name: string) => Readonly<Record<string, object>>,
  expected: Readonly<Record<string, string>>,
): ConformanceCase {
  return {
    title,
    async run({ db, items }: Place) {
      const outcomes: Record<string, string> = {}
      for (const [label, write] of Object.entries(writes(nameOf(items.doc('doc'))))) {
        outcomes[label] = await statusOf(sendRaw(db, 'commit', { writes: [write] }))
      }
      return outcomes
    },
    expected,
  }
}

const ONE = { integerValue: '1' }
const nested = (depth: number): object =>
  depth === 0 ? ONE : { mapValue: { fields: { a: nested(depth - 1) } } }

export const REFUSAL_CASES: ConformanceCase[] = [
  refusals(
    'names that are no documents are refused',
    (name) => ({
      collection: { update: { name: `${name}/sub` } },
      empty_id: { update: { name: `${name}//x` } },
      dot: { update: { name: `${name}/sub/.` } },
      dots: { update: { name: `${name}/sub/..` } },
      reserved: { delete: `${name}/sub/__x__` },
      underscores: { update: { name: `${name}/sub/____` } },
      numeric: { update: { name: `${name}/sub/__id7__` } },
      not_quite_numeric: { update: { name: `${name}/sub/__id07__` } },
      no_path: { update: { name: 'doc' } },
      nothing: {},
    }),
    {
      collection: 'INVALID_ARGUMENT',
      empty_id: 'INVALID_ARGUMENT',
      dot: 'INVALID_ARGUMENT',
      dots: 'INVALID_ARGUMENT',
      reserved: 'INVALID_ARGUMENT',
      underscores: 'OK',
      numeric: 'OK',
      not_quite_numeric: 'INVALID_ARGUMENT',
      no_path: 'INVALID_ARGUMENT',
      nothing: 'INVALID_ARGUMENT',
    },
  ),
  refusals(
    'values that cannot be stored are refused',
    (name) => {
      const write = (value: object) => ({ update: { name, fields: { value } } })
      return {
        no_type: write({}),
        array_in_array: write({ arrayValue: { values: [{ arrayValue: {} }] } }),
        array_in_map_in_array: write({
          arrayValue: { values: [{ mapValue: { fields: { a: { arrayValue: {} } } } }] },
        }),
        reference_to_nothing: write({ referenceValue: 'x' }),
        reference: write({ referenceValue: name }),
        year_10000: write({ timestampValue: { seconds: '253402300800' } }),
        negative_nanos: write({ timestampValue: { seconds: '5', nanos: -1 } }),
        north_of_the_pole: write({ geoPointValue: { latitude: 91 } }),
        twenty_deep: write(nested(20)),
        twenty_one_deep: write(nested(21)),
        largest_value: write({ stringValue: 'x'.repeat(1_048_400) }),
        too_large_a_value: write({ bytesValue: Buffer.alloc(1_048_488) }),
      }
    },
    {
      no_type: 'INVALID_ARGUMENT',
      array_in_array: 'INVALID_ARGUMENT',
      array_in_map_in_array: 'OK',
      reference_to_nothing: 'INVALID_ARGUMENT',
      reference: 'OK',
      year_10000: 'INVALID_ARGUMENT',
      negative_nanos: 'INVALID_ARGUMENT',
      north_of_the_pole: 'INVALID_ARGUMENT',
      twenty_deep: 'OK',
      twenty_one_deep: 'INVALID_ARGUMENT',
      largest_value: 'OK',
      too_large_a_value: 'INVALID_ARGUMENT',
    },
  ),
  refusals(
    'paths and transforms that make no sense are refused',
    (name) => {
      const mask = (...fieldPaths: string[]) => ({ update: { name, fields: {} }, updateMask: { fieldPaths } })
      const transform = (...fieldTransforms: object[]) => ({ transform: { document: name, fieldTransforms } })
      return {
        plain: mask('a', 'b.c', '`odd name`.d'),
        space: mask('a b'),
        double_dot: mask('a..b'),
        open_backtick: mask('`a'),
        reserved: mask('__x__'),
        no_transform: transform(),
        no_operation: transform({ fieldPath: 'a' }),
        text_increment: transform({ fieldPath: 'a', increment: { stringValue: '1' } }),
        twice: transform({ fieldPath: 'a', increment: ONE }, { fieldPath: 'a', increment: ONE }),
        within: transform({ fieldPath: 'a', increment: ONE }, { fieldPath: 'a.b', increment: ONE }),
      }
    },
    {
      plain: 'OK',
      space: 'INVALID_ARGUMENT',
      double_dot: 'INVALID_ARGUMENT',
      open_backtick: 'INVALID_ARGUMENT',
      reserved: 'INVALID_ARGUMENT',
      no_transform: 'INVALID_ARGUMENT',
      no_operation: 'INVALID_ARGUMENT',
      text_increment: 'INVALID_ARGUMENT',
      twice: 'OK',
      within: 'INVALID_ARGUMENT',
    },
  ),
  {
    title: 'a batch of unrelated writes refuses one document twice',
    run: ({ db, doc }) =>
      statusOf(
        sendRaw(db, 'batchWrite', { writes: [{ update: { name: nameOf(doc) } }, { delete: nameOf(doc) }] }),
      ),
    expected: 'INVALID_ARGUMENT',
  },
  {
    title: 'a commit to another database than its own is refused',
    async run({ db }) {
      const name = 'projects/demo-clarity/databases/elsewhere/documents/a/b'
      return statusOf(sendRaw(db, 'commit', { writes: [{ update: { name } }] }))
    },
    expected: 'INVALID_ARGUMENT',
    google: { expected: 'OK', why: 'the emulator does not compare the two; Firestore refuses them' },
  },
]
