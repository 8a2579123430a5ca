import {
  type Counts,
  type HostileBody,
  completed,
  envelope,
  envelopeText,
  pulse,
  pulseText,
} from './hostile-body.ts'

const first = 'quantity_samples[0]'

/** One odd sample beside a good one: the good one always counts. */
function beside(title: string, odd: unknown, [counts, ...rejections]: [Counts, ...string[]]): HostileBody {
  const end = completed({ ...counts, accepted: (counts.accepted ?? 0) + 1 }, { rejections })
  return { title, bytes: () => Buffer.from(envelope([odd, pulse(1)])), end }
}

/** The same with a sample whose JSON no serialiser writes. */
function written(title: string, odd: string, [counts, ...rejections]: [Counts, ...string[]]): HostileBody {
  const end = completed({ ...counts, accepted: (counts.accepted ?? 0) + 1 }, { rejections })
  const good = JSON.stringify(pulse(1))
  return { title, bytes: () => Buffer.from(envelopeText(`${odd},${good}`)), end }
}

const rejected: Counts = { rejected: 1 }
const implausible: Counts = { implausible: 1 }
const accepted: Counts = { accepted: 1 }
const steps = (minute: number, fields: object) =>
  pulse(minute, {
    identifier: 'HKQuantityTypeIdentifierStepCount',
    unit: 'count',
    value: 10,
    end_date: '2026-03-02T08:30:00Z',
    ...fields,
  })

/** Samples that are none, or cannot have been measured, in a body that is otherwise in order. */
export const oddSamples: readonly HostileBody[] = [
  beside('a null for a sample', null, [rejected, `${first} is not an object`]),
  beside('a number for a sample', 7, [rejected, `${first} is not an object`]),
  beside('a list for a sample', [pulse(0)], [rejected, `${first} is not an object`]),
  beside('an empty object for a sample', {}, [rejected, `${first}.identifier is missing`]),
  beside('a type that is a number', pulse(0, { identifier: 5 }), [
    rejected,
    `${first}.identifier is missing`,
  ]),
  beside('a type of white space', pulse(0, { identifier: ' \t' }), [
    rejected,
    `${first}.identifier is missing`,
  ]),
  beside('a type of 10 kB', pulse(0, { identifier: 'x'.repeat(10_000) }), [
    rejected,
    `${first}.identifier is too long`,
  ]),
  beside('a type that is a prototype’s name', pulse(0, { identifier: '__proto__' }), [{ unknown: 1 }]),
  beside('no value', pulse(0, { value: undefined }), [rejected, `${first}.value is missing`]),
  beside('a null for a value', pulse(0, { value: null }), [rejected, `${first}.value is missing`]),
  beside('a list for a value', pulse(0, { value: [61] }), [rejected, `${first}.value is not a number`]),
  beside('a boolean for a value', pulse(0, { value: true }), [rejected, `${first}.value is not a number`]),
  beside('NaN as a text', pulse(0, { value: 'NaN' }), [rejected, `${first}.value is not a number`]),
  beside('Infinity as a text', pulse(0, { value: 'Infinity' }), [rejected, `${first}.value is not a number`]),
  beside('a number as a text', pulse(0, { value: '61' }), [accepted]),
  beside('a number with a decimal comma', pulse(0, { value: '61,5' }), [
    rejected,
    `${first}.value is not a number`,
  ]),
  beside('a number with Arabic digits', pulse(0, { value: '٦١' }), [
    rejected,
    `${first}.value is not a number`,
  ]),
  beside('a hexadecimal number', pulse(0, { value: '0x3d' }), [rejected, `${first}.value is not a number`]),
  beside('a value within values', pulse(0, { value: { quantity: { quantity: 61 } } }), [
    rejected,
    `${first}.value is missing`,
  ]),
  written('a number that JSON cannot hold, 1e999', pulseText(0, 'value', '1e999'), [
    rejected,
    `${first}.value is not a number`,
  ]),
  written('minus zero', pulseText(0, 'value', '-0'), [implausible]),
  written('a key twice, of which the last holds', pulseText(0, 'value', '"first","value":61'), [accepted]),
  written('keys of prototypes', pulseText(0, '__proto__', '{"value":1},"constructor":{"prototype":{}}'), [
    accepted,
  ]),
  beside('a unit of another kind', pulse(0, { unit: 'kg' }), [
    rejected,
    `${first}.unit is not a unit of this type`,
  ]),
  beside('a unit that is a query', pulse(0, { unit: "'; DROP TABLE samples; --" }), [
    rejected,
    `${first}.unit is not a unit of this type`,
  ]),
  beside('a unit that is a prototype’s name', pulse(0, { unit: 'constructor' }), [
    rejected,
    `${first}.unit is not a unit of this type`,
  ]),
  beside('a date that no calendar has', pulse(0, { start_date: '2026-02-30T08:00:00Z' }), [
    rejected,
    `${first}.start_date is not a date`,
  ]),
  beside('a date that is an object', pulse(0, { start_date: {} }), [
    rejected,
    `${first}.start_date is not a date`,
  ]),
  beside('no start', pulse(0, { start_date: null }), [rejected, `${first}.start_date is missing`]),
  beside('an end that is no date', pulse(0, { end_date: 'tomorrow' }), [
    rejected,
    `${first}.end_date is not a date`,
  ]),
  beside('an offset of 99 hours', pulse(0, { start_date: '2026-03-02T08:00:00+99:00' }), [
    rejected,
    `${first}.start_date is not a date`,
  ]),
  beside('an end before its start', pulse(0, { end_date: '2026-03-02T07:00:00Z' }), [implausible]),
  beside('the year 1', pulse(0, { start_date: '0001-01-02T00:00:00Z', end_date: '0001-01-02T00:00:00Z' }), [
    implausible,
  ]),
  beside(
    'the first hour of the year 1',
    pulse(0, { start_date: '0001-01-01T00:00:00Z', end_date: '0001-01-01T00:00:00Z' }),
    [rejected, `${first}.start_date is outside the years 1 to 9999`],
  ),
  beside(
    'the year 9999',
    pulse(0, { start_date: '9999-12-30T00:00:00Z', end_date: '9999-12-30T00:00:00Z' }),
    [implausible],
  ),
  beside(
    'the last hour of the year 9999',
    pulse(0, { start_date: '9999-12-31T23:00:00Z', end_date: '9999-12-31T23:00:00Z' }),
    [rejected, `${first}.start_date is outside the years 1 to 9999`],
  ),
  beside('an instant as a number beyond all dates', pulse(0, { start_date: 1e300, end_date: 1e300 }), [
    rejected,
    `${first}.start_date is not a date`,
  ]),
  beside('negative steps', steps(0, { value: -5 }), [implausible]),
  beside('more steps than there are', steps(0, { value: 1e308 }), [implausible]),
  beside('a step that takes 30 years', steps(0, { start_date: '1996-03-02T08:00:00Z' }), [accepted]),
  beside('an id of 10 kB', pulse(0, { uuid: 'a'.repeat(10_000) }), [accepted]),
  beside('an id that is an object', pulse(0, { uuid: { toString: 'x' } }), [accepted]),
  beside('lone surrogates', pulse(0, { source_name: '\ud800 Watch', metadata: { note: '\udfff' } }), [
    accepted,
  ]),
  beside('characters that no text should have', pulse(0, { source_name: '\u0000\u202e\ufeff' }), [accepted]),
  beside('a zone that is none', pulse(0, { metadata: { HKTimeZone: '../../etc/passwd' } }), [accepted]),
  beside(
    'metadata of ten thousand keys',
    pulse(0, { metadata: Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, at])) }),
    [accepted],
  ),
  beside('a key of 100 kB', pulse(0, { metadata: { ['k'.repeat(100_000)]: 1 } }), [accepted]),
  {
    title: 'a list that is a text',
    bytes: () => Buffer.from(envelope([pulse(1)], { category_samples: 'none' })),
    end: completed({ accepted: 1, rejected: 1 }, { rejections: ['category_samples is not a list'] }),
  },
  {
    title: 'deletions of what is no id',
    bytes: () => Buffer.from(envelope([pulse(1)], { deleted_samples: [null, 5, 'x', { uuid: [] }] })),
    end: completed(
      { accepted: 1, rejected: 4 },
      {
        rejections: [
          'deleted_samples[0] is not a UUID',
          'deleted_samples[1] is not a UUID',
          'deleted_samples[2] is not a UUID',
          'deleted_samples[3].uuid is not a UUID',
        ],
      },
    ),
  },
]
