import { type End, type HostileBody, completed, envelope, failed, pulse } from './hostile-body.ts'
import { type ZipEntry, zipArchive } from './zip-archive.ts'

const shape = 'apple_export'
const record = (minute: number, value = '61', inside = '') =>
  `<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Watch" unit="count/min" ` +
  `startDate="2026-03-02 08:0${minute}:00 +0000" endDate="2026-03-02 08:0${minute}:00 +0000" value="${value}">${inside}</Record>`
const document = (...inside: string[]) => `<HealthData locale="en_US">${inside.join('')}</HealthData>`
const good = document(record(0), record(1))
const both = completed({ accepted: 2 }, { shape })

function xml(title: string, body: string | Buffer, end: End): HostileBody {
  return {
    title: `XML: ${title}`,
    bytes: () => Buffer.from(body as string),
    contentType: 'application/xml',
    end,
  }
}

function zip(title: string, entries: readonly ZipEntry[], end: End): HostileBody {
  return {
    title: `zip: ${title}`,
    bytes: () => zipArchive(entries),
    contentType: 'application/zip',
    end,
  }
}

const entry = (content: string | Buffer, more: Partial<ZipEntry> = {}): ZipEntry => ({
  name: 'apple_health_export/export.xml',
  content: Buffer.from(content as string),
  ...more,
})
const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
  '',
)

const documents: readonly HostileBody[] = [
  xml('a billion laughs, not laughed', `<!DOCTYPE HealthData [<!ENTITY l0 "ha">${laughs}]>${good}`, both),
  xml(
    'a billion laughs, to be laughed',
    `<!DOCTYPE HealthData [<!ENTITY l0 "ha">${laughs}]>${document(record(0, '&l9;'))}`,
    failed('malformed_body'),
  ),
  xml(
    'an external entity',
    `<!DOCTYPE HealthData [<!ENTITY x SYSTEM "file:///etc/passwd">]>${document(record(0, '&x;'))}`,
    failed('malformed_body'),
  ),
  xml(
    'an external document type',
    `<!DOCTYPE HealthData SYSTEM "http://169.254.169.254/x.dtd">${good}`,
    both,
  ),
  xml('no root that is known', '<html><body>503</body></html>', failed('unknown_shape')),
  xml('no root at all', '<?xml version="1.0"?>\n<!-- nothing -->', failed('unknown_shape')),
  xml('two roots, of which the first counts', good + document(record(2)), both),
  xml('an end too early', good.slice(0, -8), failed('malformed_body')),
  xml('tags that cross', document('<Record><Workout></Record></Workout>'), failed('malformed_body')),
  xml('an attribute twice', good.replace('unit=', 'unit="kg" unit='), failed('malformed_body')),
  xml(
    'a value that is no number',
    document(record(0, 'NaN'), record(1)),
    completed({ accepted: 1, rejected: 1 }, { shape, rejections: ['Record[0].value is not a number'] }),
  ),
  xml('characters that XML forbids', good.replace('Watch', 'W\u000b&#0;tch'), both),
  xml(
    'UTF-16',
    Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${good}`, 'utf16le'),
    failed('unknown_shape'),
  ),
  xml(
    '10 000 elements within each other',
    document('<a>'.repeat(10_000) + '</a>'.repeat(10_000) + record(0)),
    completed({ accepted: 1, rejected: 1 }, { shape, rejections: ['a[0].startDate is missing'] }),
  ),
  xml(
    'an instruction and a comment within',
    document('<?php system("ls") ?><!-- <Record/> -->', record(0)),
    completed({ accepted: 1 }, { shape }),
  ),
]

const archives: readonly HostileBody[] = [
  zip('as it should be, for comparison', [entry(good)], both),
  zip('a path that leads out', [entry(good, { name: '../../../../etc/cron.d/clarity' })], both),
  zip('a name of 60 kB', [entry(good, { name: 'n'.repeat(60_000) })], both),
  zip(
    'an archive within',
    [entry(zipArchive([entry(good)]), { name: 'export.zip' })],
    failed('unknown_shape'),
  ),
  zip('a wrong checksum', [entry(good, { checksum: 1 })], failed('malformed_body')),
  zip('encrypted', [entry(good, { flags: 1 })], failed('malformed_body')),
  zip('sizes of 64 bits', [entry(good, { sizesIn64: true })], both),
  zip('stored as it is', [entry(good, { method: 0 })], both),
  zip('compressed in a way that is not known', [entry(good, { method: 12 })], failed('unknown_shape')),
  zip('two exports, of which the first counts', [entry(good), entry(document(record(2)))], both),
  zip('JSON within', [entry(envelope([pulse(0)]), { name: 'data.json' })], failed('unknown_shape')),
  zip(
    'ten thousand empty entries',
    Array.from({ length: 10_000 }, (_, at) => entry('', { name: `${at}`, method: 0 })),
    failed('unknown_shape'),
  ),
  {
    ...zip('cut off', [], failed('malformed_body')),
    bytes: () => zipArchive([entry(good)]).subarray(0, 150),
  },
  {
    ...zip('noise in an entry', [], failed('malformed_body')),
    bytes: () => zipArchive([entry(good)]).fill(0x55, 80, 120),
  },
]

/** Documents and archives that Apple's export would never be. */
export const oddDocuments: readonly HostileBody[] = [...documents, ...archives]
