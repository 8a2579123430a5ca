import {
  type Counts,
  type HostileBody,
  type End,
  completed,
  envelope,
  envelopeText,
  pulse,
  pulseText,
} from './hostile-body.ts'

/** A sample that is none, or cannot have been measured, and what it gets in whatever body. */
export interface OddSample {
  readonly title: string
  /** Its JSON text, in that minute. */
  readonly text: (minute: number) => string
  readonly counts: Counts
  /** Behind the path of the sample: its field and what is wrong with that. */
  readonly rejections: readonly string[]
}

type Odd = object | number | null
type Verdict = readonly [Counts, ...rejections: string[]]

function odd(
  title: string,
  sample: Odd | ((minute: number) => Odd),
  [counts, ...rejections]: Verdict,
): OddSample {
  const text = (minute: number) => JSON.stringify(typeof sample === 'function' ? sample(minute) : sample)
  return { title, text, counts, rejections }
}

/** The same with a sample whose JSON no serialiser writes. */
function written(title: string, text: OddSample['text'], [counts, ...rejections]: Verdict): OddSample {
  return { title, text, counts, rejections }
}

const rejected: Counts = { rejected: 1 }
const implausible: Counts = { implausible: 1 }
const accepted: Counts = { accepted: 1 }
const pulseOn = (minute: number, instant: string) => pulse(minute, { start_date: instant, end_date: instant })
const steps = (minute: number, fields: object) =>
  pulse(minute, {
    identifier: 'HKQuantityTypeIdentifierStepCount',
    unit: 'count',
    value: 10,
    end_date: '2026-03-02T08:30:00Z',
    ...fields,
  })

/** Samples that are none, or cannot have been measured, in a body that is otherwise in order. */
export const oddSamples: readonly OddSample[] = [
  odd('a null for a sample', null, [rejected, ` is not an object`]),
  odd('a number for a sample', 7, [rejected, ` is not an object`]),
  odd('a list for a sample', [{}], [rejected, ` is not an object`]),
  odd('an empty object for a sample', {}, [rejected, `.identifier is missing`]),
  odd('a type that is a number', (at) => pulse(at, { identifier: 5 }), [rejected, `.identifier is missing`]),
  odd('a type of white space', (at) => pulse(at, { identifier: ' \t' }), [
    rejected,
    `.identifier is missing`,
  ]),
  odd('a type of 10 kB', (at) => pulse(at, { identifier: 'x'.repeat(10_000) }), [
    rejected,
    `.identifier is too long`,
  ]),
  odd('a type that is a prototype’s name', (at) => pulse(at, { identifier: '__proto__' }), [{ unknown: 1 }]),
  odd('no value', (at) => pulse(at, { value: undefined }), [rejected, `.value is missing`]),
  odd('a null for a value', (at) => pulse(at, { value: null }), [rejected, `.value is missing`]),
  odd('a list for a value', (at) => pulse(at, { value: [61] }), [rejected, `.value is not a number`]),
  odd('a boolean for a value', (at) => pulse(at, { value: true }), [rejected, `.value is not a number`]),
  odd('NaN as a text', (at) => pulse(at, { value: 'NaN' }), [rejected, `.value is not a number`]),
  odd('Infinity as a text', (at) => pulse(at, { value: 'Infinity' }), [rejected, `.value is not a number`]),
  odd('a number as a text', (at) => pulse(at, { value: '61' }), [accepted]),
  odd('a number with a decimal comma', (at) => pulse(at, { value: '61,5' }), [
    rejected,
    `.value is not a number`,
  ]),
  odd('a number with Arabic digits', (at) => pulse(at, { value: '٦١' }), [
    rejected,
    `.value is not a number`,
  ]),
  odd('a hexadecimal number', (at) => pulse(at, { value: '0x3d' }), [rejected, `.value is not a number`]),
  odd('a value within values', (at) => pulse(at, { value: { quantity: { quantity: 61 } } }), [
    rejected,
    `.value is missing`,
  ]),
  written('a number that JSON cannot hold, 1e999', (at) => pulseText(at, 'value', '1e999'), [
    rejected,
    `.value is not a number`,
  ]),
  written('minus zero', (at) => pulseText(at, 'value', '-0'), [implausible]),
  written('a key twice, of which the last holds', (at) => pulseText(at, 'value', '"first","value":61'), [
    accepted,
  ]),
  written(
    'keys of prototypes',
    (at) => pulseText(at, '__proto__', '{"value":1},"constructor":{"prototype":{}}'),
    [accepted],
  ),
  odd('a unit of another kind', (at) => pulse(at, { unit: 'kg' }), [
    rejected,
    `.unit is not a unit of this type`,
  ]),
  odd('a unit that is a query', (at) => pulse(at, { unit: "'; DROP TABLE samples; --" }), [
    rejected,
    `.unit is not a unit of this type`,
  ]),
  odd('a unit that is a prototype’s name', (at) => pulse(at, { unit: 'constructor' }), [
    rejected,
    `.unit is not a unit of this type`,
  ]),
  odd('a date that no calendar has', (at) => pulse(at, { start_date: '2026-02-30T08:00:00Z' }), [
    rejected,
    `.start_date is not a date`,
  ]),
  odd('a date that is an object', (at) => pulse(at, { start_date: {} }), [
    rejected,
    `.start_date is not a date`,
  ]),
  odd('no start', (at) => pulse(at, { start_date: null }), [rejected, `.start_date is missing`]),
  odd('an end that is no date', (at) => pulse(at, { end_date: 'tomorrow' }), [
    rejected,
    `.end_date is not a date`,
  ]),
  odd('an offset of 99 hours', (at) => pulse(at, { start_date: '2026-03-02T08:00:00+99:00' }), [
    rejected,
    `.start_date is not a date`,
  ]),
  odd('an end before its start', (at) => pulse(at, { end_date: '2026-03-02T07:00:00Z' }), [implausible]),
  odd('the year 1', (at) => pulseOn(at, '0001-01-02T00:00:00Z'), [implausible]),
  odd('the first hour of the year 1', (at) => pulseOn(at, '0001-01-01T00:00:00Z'), [
    rejected,
    `.start_date is outside the years 1 to 9999`,
  ]),
  odd('the year 9999', (at) => pulseOn(at, '9999-12-30T00:00:00Z'), [implausible]),
  odd('the last hour of the year 9999', (at) => pulseOn(at, '9999-12-31T23:00:00Z'), [
    rejected,
    `.start_date is outside the years 1 to 9999`,
  ]),
  odd('an instant as a number beyond all dates', (at) => pulse(at, { start_date: 1e300, end_date: 1e300 }), [
    rejected,
    `.start_date is not a date`,
  ]),
  odd('negative steps', (at) => steps(at, { value: -5 }), [implausible]),
  odd('more steps than there are', (at) => steps(at, { value: 1e308 }), [implausible]),
  odd('a step that takes 30 years', (at) => steps(at, { start_date: '1996-03-02T08:00:00Z' }), [accepted]),
  odd('an id of 10 kB', (at) => pulse(at, { uuid: 'a'.repeat(10_000) }), [accepted]),
  odd('an id that is an object', (at) => pulse(at, { uuid: { toString: 'x' } }), [accepted]),
  odd('lone surrogates', (at) => pulse(at, { source_name: '\ud800 Watch', metadata: { note: '\udfff' } }), [
    accepted,
  ]),
  odd('characters that no text should have', (at) => pulse(at, { source_name: '\u0000\u202e\ufeff' }), [
    accepted,
  ]),
  odd('a zone that is none', (at) => pulse(at, { metadata: { HKTimeZone: '../../etc/passwd' } }), [accepted]),
  odd(
    'metadata of ten thousand keys',
    (at) =>
      pulse(at, { metadata: Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, at])) }),
    [accepted],
  ),
  odd('a key of 100 kB', (at) => pulse(at, { metadata: { ['k'.repeat(100_000)]: 1 } }), [accepted]),
]

/** A body in which each of these samples stands before a good one in a minute of its own, and what it gets. */
export function besideGoodOnes(samples: readonly OddSample[]): { readonly text: string; readonly end: End } {
  const texts = samples.flatMap(({ text }, index) => [text(2 * index), JSON.stringify(pulse(2 * index + 1))])
  const counts: Record<string, number> = { accepted: samples.length }
  for (const { counts: own } of samples) {
    for (const [verdict, count] of Object.entries(own)) counts[verdict] = (counts[verdict] ?? 0) + count
  }
  const rejections = samples.flatMap(({ rejections }, index) =>
    rejections.map((reason) => `quantity_samples[${2 * index}]${reason}`),
  )
  return { text: envelopeText(texts.join(',')), end: completed(counts, { rejections }) }
}

const all = besideGoodOnes(oddSamples)

/** Bodies with odd samples: the samples beside them always count. */
export const oddSampleBodies: readonly HostileBody[] = [
  {
    title: 'every odd sample at once, each before a good one',
    bytes: () => Buffer.from(all.text),
    end: all.end,
  },
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
