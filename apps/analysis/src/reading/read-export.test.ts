import { Readable } from 'node:stream'
import { isFailure } from '@clarity/failure'
import { strToU8, Zip, ZipDeflate, zipSync, type Zippable } from 'fflate'
import { readUpload, type UploadFormat } from './read-upload.ts'

const context = { uploadId: 'upload-1', receivedAt: Date.parse('2025-03-20T00:00:00Z') }
const record = (value: string, extra = '') =>
  `<Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Sam’s Apple&#160;Watch" unit="count/min" startDate="2025-03-08 09:00:00 -0400" endDate="2025-03-08 09:00:00 -0400" value="${value}">${extra}</Record>`
const exportOf = (...records: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_US">\n${records.join('\n')}\n</HealthData>\n`

function read(bytes: Uint8Array | string, format: UploadFormat, { size = 11, maxBytes = 10_000_000 } = {}) {
  const buffer = Buffer.from(bytes as Uint8Array)
  const pieces = Array.from({ length: Math.ceil(buffer.length / size) }, (_, index) =>
    buffer.subarray(index * size, index * size + size),
  )
  return readUpload({ stream: Readable.from(pieces), format, context, maxBytes })
}

async function failureOf(reading: Promise<unknown>) {
  const error: unknown = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return isFailure(error) ? [error.kind, error.details.code] : error
}

const values = async (reading: ReturnType<typeof read>) => (await reading).samples.map(({ value }) => value)

describe('an upload of Apple’s XML', () => {
  it('is read whatever the boundaries of its pieces', async () => {
    for (const size of [1, 3, 64, 100_000]) {
      const { samples, shape } = await read(exportOf(record('61'), record('62')), 'xml', { size })
      expect(shape).toBe('apple_export')
      expect(samples).toMatchObject([
        { value: 61, source: { name: 'Sam’s Apple\u00a0Watch' } },
        { value: 62 },
      ])
    }
  })

  it('is read behind a document type that is broken or hostile', async () => {
    const types = [
      '<!DOCTYPE HealthData [\n<!ATTLIST VisionPrescription\n type CDATA #REQUIRED\n<!ELEMENT RightEye EMPTY>\n]>',
      '<!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>',
    ]
    for (const type of types)
      expect(await values(read(`${type}\n${exportOf(record('61'))}`, 'xml'))).toEqual([61])
  })

  it('expands no entity but those of XML itself', async () => {
    const hostile = exportOf(record('61', '<MetadataEntry key="a" value="&b;"/>'))
    expect(await failureOf(read(hostile, 'xml'))).toEqual(['malformed', 'malformed_body'])
  })

  it('is nested a little, not without an end', async () => {
    const nested = (depth: number) => exportOf('<a>'.repeat(depth) + '</a>'.repeat(depth), record('61'))
    expect(await values(read(nested(10_000), 'xml', { size: 100_000 }))).toEqual([61])
    const endless = exportOf('<Record>'.repeat(30_000))
    expect(await failureOf(read(endless, 'xml', { size: 100_000 }))).toEqual(['malformed', 'malformed_body'])
  })

  it.each(['<Record type="', '<!-- ', '<![CDATA[', '<?', '<', '&', ''])(
    'fails as too large where %j goes on without an end',
    async (beginning) => {
      const piece = Buffer.alloc(1024 * 1024, 'x')
      const endless = [Buffer.from(`<HealthData>${beginning}`), piece, piece, piece, piece, piece]
      const reading = readUpload({ stream: Readable.from(endless), format: 'xml', context })
      expect(await failureOf(reading)).toEqual(['too-large', 'element_too_large'])
    },
  )

  it('ends with its root: what stands behind is ignored, in the same piece as in another', async () => {
    const more = [exportOf(record('62')), '</HealthData>', '<b/>noise & noise']
    for (const behind of more)
      for (const size of [11, 100_000])
        expect(await values(read(exportOf(record('61')) + behind, 'xml', { size }))).toEqual([61])
  })

  it('is read without the characters that XML forbids', async () => {
    const text = 'a\u000bb&#11;c&#x1F;d&#65;'
    const entry = `<MetadataEntry key="note" value="${text}"/>`
    const { samples } = await read(exportOf(record('61', entry)), 'xml')
    expect(samples).toMatchObject([{ metadata: { note: 'abcdA' } }])
  })

  it('ends with its root: what follows is ignored', async () => {
    expect(await values(read(`${exportOf(record('61'))}<Junk>&x;`, 'xml'))).toEqual([61])
  })

  it('is read where it holds nothing', async () => {
    expect(await values(read('<HealthData locale="en_US"/>', 'xml'))).toEqual([])
  })

  it.each([
    ['is cut', exportOf(record('61'), record('62')).slice(0, -40), 'malformed_body'],
    ['is not well-formed', exportOf('<Record a="1" b></Record>'), 'malformed_body'],
    ['closes what it did not open', exportOf('</Record>'), 'malformed_body'],
    ['is another document', '<?xml version="1.0"?><ClinicalDocument></ClinicalDocument>', 'unknown_shape'],
  ])('fails where it %s', async (_, body, code) => {
    expect(await failureOf(read(body, 'xml'))).toEqual(['malformed', code])
  })
})

describe('an upload of a zip', () => {
  const zip = (entries: Record<string, string | Uint8Array>, options: { level?: 0 | 6 } = {}) => {
    const files: Zippable = {}
    for (const [name, content] of Object.entries(entries))
      files[name] = typeof content === 'string' ? strToU8(content) : content
    return zipSync(files, options)
  }
  const cda = `<?xml version="1.0"?><ClinicalDocument>${'x'.repeat(100_000)}</ClinicalDocument>junk`

  it('is searched for the export by content, whatever its name', async () => {
    const bytes = zip({
      'apple_health_export/export_cda.xml': cda,
      'apple_health_export/导出.xml': exportOf(record('61'), record('62')),
      'apple_health_export/electrocardiograms/ecg.csv': 'a,b\n1,2',
    })
    for (const size of [1, 64, 100_000]) expect(await values(read(bytes, 'zip', { size }))).toEqual([61, 62])
  })

  it('is read where its entries are stored uncompressed', async () => {
    expect(
      await values(read(zip({ 'a.csv': 'x', 'b.xml': exportOf(record('61')) }, { level: 0 }), 'zip')),
    ).toEqual([61])
  })

  it('is read where the sizes of its entries only follow them', async () => {
    const parts: Uint8Array[] = []
    const archive = new Zip((_error, part) => parts.push(part))
    for (const [name, content] of [
      ['a.csv', 'x,y'],
      ['b.xml', exportOf(record('61'))],
    ] as const) {
      const entry = new ZipDeflate(name)
      archive.add(entry)
      entry.push(strToU8(content), true)
    }
    archive.end()
    const bytes = Buffer.concat(parts)
    expect(bytes.readUInt16LE(6) & 8).toBe(8)
    for (const size of [1, 50, 100_000]) expect(await values(read(bytes, 'zip', { size }))).toEqual([61])
  })

  it('is read once where it holds two exports', async () => {
    expect(await values(read(zip({ a: exportOf(record('61')), b: exportOf(record('62')) }), 'zip'))).toEqual([
      61,
    ])
  })

  it('is harmless with paths that climb and with archives inside', async () => {
    const inner = zip({ 'export.xml': exportOf(record('61')) })
    expect(
      await values(read(zip({ '../../etc/passwd': exportOf(record('62')), 'inner.zip': inner }), 'zip')),
    ).toEqual([62])
    expect(await failureOf(read(zip({ 'inner.zip': inner }), 'zip'))).toEqual(['malformed', 'unknown_shape'])
  })

  it('fails as too large where its export inflates beyond the limit', async () => {
    const bytes = zip({ 'export.xml': exportOf(record('61'), ' '.repeat(2_000_000)) })
    expect(await failureOf(read(bytes, 'zip', { size: 1000, maxBytes: 1_000_000 }))).toEqual([
      'too-large',
      'too_large',
    ])
  })

  it('fails where the export has another checksum than the archive says', async () => {
    const bytes = zipSync({ 'export.xml': strToU8(exportOf(record('61'))) }, { level: 0 })
    expect(await values(read(bytes, 'zip'))).toEqual([61])
    const at = Buffer.from(bytes).indexOf('value="61"') + 'value="'.length
    bytes[at] = '7'.charCodeAt(0)
    expect(await failureOf(read(bytes, 'zip'))).toEqual(['malformed', 'malformed_body'])
  })

  it('fails where it is broken, cut or empty', async () => {
    const bytes = zip({
      'export.xml': exportOf(...Array.from({ length: 200 }, (_, index) => record(String(60 + index)))),
    })
    const broken = Buffer.from(bytes)
    broken.fill(0xff, 60, 90)
    for (const bad of [broken, bytes.subarray(0, 200), zip({}), Buffer.from('PK\u0003\u0004')]) {
      expect(await failureOf(read(bad, 'zip', { size: 100 }))).toEqual(['malformed', 'malformed_body'])
    }
  })
})
