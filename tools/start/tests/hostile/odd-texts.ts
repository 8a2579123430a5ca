import {
  type End,
  type HostileBody,
  completed,
  envelope,
  envelopeText,
  failed,
  pulse,
  pulseText,
} from './hostile-body.ts'

const good = envelope([pulse(0), pulse(1)])
const both = completed({ accepted: 2 })
const line = (minute: number) =>
  JSON.stringify({
    schemaVersion: 1,
    kind: 'quantity',
    id: `00000000-0000-4000-8000-00000000000${minute}`,
    type: 'HKQuantityTypeIdentifierHeartRate',
    quantity: { value: 61, unit: 'count/min' },
    startDate: `2026-03-02T08:0${minute}:00Z`,
    endDate: `2026-03-02T08:0${minute}:00Z`,
  })

function text(title: string, body: string | Buffer, end: End): HostileBody {
  return { title, bytes: () => Buffer.from(body as string), end }
}

function lines(title: string, body: string, end: End): HostileBody {
  return { ...text(title, body, end), contentType: 'application/x-ndjson' }
}

const flat = 'flat_ndjson'

/** Texts that are JSON hardly or not at all. */
export const oddTexts: readonly HostileBody[] = [
  text('a byte-order mark before', `\ufeff${good}`, both),
  text('lines that end with CRLF', good.replaceAll(',', ',\r\n'), both),
  text('63 KiB of white space before', `${' \n'.repeat(32_000)}${good}`, both),
  text('invalid UTF-8 in a text', Buffer.from(good.replace('Watch', 'W\xfftch'), 'latin1'), both),
  text('Latin-1', Buffer.from(good.replaceAll('Watch', 'Zoë Uhr'), 'latin1'), both),
  text('overlong UTF-8 for a quote', Buffer.from(good.replace('Watch', 'W\xc0\xa2tch'), 'latin1'), both),
  text('raw control characters in a text', good.replace('Watch', 'W\u0001tch'), failed('malformed_body')),
  text('NaN, which is no JSON', envelopeText(pulseText(0, 'value', 'NaN')), failed('malformed_body')),
  text(
    'Infinity, which is no JSON',
    envelopeText(pulseText(0, 'value', '-Infinity')),
    failed('malformed_body'),
  ),
  text('comments', `{/* hello */${good.slice(1)}`, failed('malformed_body')),
  text('single quotes', good.replaceAll('"', "'"), failed('malformed_body')),
  text('a comma too many', good.replace('}]', '},]'), failed('malformed_body')),
  text('an end too early', good.slice(0, -20), failed('malformed_body')),
  text('more behind its end', `${good}]]`, failed('malformed_body')),
  text('an opening brace alone', '{', failed('malformed_body')),
  text('an empty object', '{}', failed('unknown_shape')),
  text('an empty list', '[]', failed('unknown_shape')),
  text('a list of nulls', JSON.stringify(Array(1000).fill(null)), failed('unknown_shape')),
  text('the keys of two shapes', envelope([pulse(0)], { data: { metrics: 5 } }), completed({ accepted: 1 })),
  text(
    'an object of prototypes',
    '{"__proto__":{"quantity_samples":[]},"constructor":1}',
    failed('unknown_shape'),
  ),
  text('no samples at all', envelope([]), completed({})),
  text('100 000 lists within each other', '['.repeat(100_000) + ']'.repeat(100_000), failed('unknown_shape')),
  text('100 000 lists that do not end', '['.repeat(100_000), failed('malformed_body')),
  text(
    '100 000 objects within a sample’s metadata',
    envelopeText(pulseText(0, 'metadata', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))),
    completed({ accepted: 1 }),
  ),
  text('UTF-16 without a mark', Buffer.from(good, 'utf16le'), failed('malformed_body')),
  lines(
    'lines of which one is broken',
    `${line(0)}\n{"kind":\n${line(1)}\n`,
    completed({ accepted: 2, rejected: 1 }, { shape: flat, rejections: ['line[1] is not JSON'] }),
  ),
  lines(
    'lines that are numbers, nulls and lists',
    `${line(0)}\n7\nnull\n[]\n`,
    completed(
      { accepted: 1, rejected: 3 },
      {
        shape: flat,
        rejections: [
          'line[1] has no known shape',
          'line[2] has no known shape',
          'line[3] has no known shape',
        ],
      },
    ),
  ),
  lines('lines parted by CRLF', `${line(0)}\r\n${line(1)}\r\n`, completed({ accepted: 2 }, { shape: flat })),
  lines(
    'an empty line between all',
    `\n\n${line(0)}\n \n\n${line(1)}`,
    completed({ accepted: 2 }, { shape: flat }),
  ),
  lines(
    'the same line twice',
    `${line(0)}\n${line(0)}\n`,
    completed({ accepted: 1, duplicate: 1 }, { shape: flat }),
  ),
  lines('lines that are none', '{"a\n{"b\n', failed('malformed_body')),
  lines('lines of no shape', '{"a":1}\n{"b":2}\n', failed('unknown_shape')),
]
