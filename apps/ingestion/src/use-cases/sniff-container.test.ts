import fc from 'fast-check'
import { createContainerSniffer } from './sniff-container.ts'

function sniff(body: Buffer | string, { declared = false, cut = Infinity } = {}): string {
  const bytes = Buffer.from(body as string)
  const sniffer = createContainerSniffer(declared)
  for (let at = 0; at < bytes.length; at += Math.min(cut, bytes.length)) {
    sniffer.push(bytes.subarray(at, at + cut))
  }
  return sniffer.end()
}
const bom = Buffer.from([0xef, 0xbb, 0xbf])
const zip = Buffer.from('PK\x03\x04rest', 'latin1')

describe('the container', () => {
  it.each([
    ['an object', '{"a":1}', 'json'],
    ['an array', '[1]', 'json'],
    ['a document over many lines', '{\n  "a": {}\n}\n', 'json'],
    ['an object that closes on its own line', '{"a":{}\n}', 'json'],
    ['two objects on two lines', '{"a":1}\n{"a":2}', 'ndjson'],
    ['lines with CRLF and blanks between', '{"a":1} \r\n\r\n {"a":2}\r\n', 'ndjson'],
    ['a tag', '<?xml version="1.0"?>', 'xml'],
  ])('of %s is seen', (_, body, format) => {
    expect(sniff(body)).toBe(format)
  })

  it('of a zip is seen by its four bytes', () => {
    expect(sniff(zip)).toBe('zip')
    expect(() => sniff('PKzip')).toThrow(expect.objectContaining({ kind: 'malformed' }))
    expect(() => sniff('PK')).toThrow(expect.objectContaining({ kind: 'malformed' }))
  })

  it('follows a byte-order mark and up to 64 KiB of white space', () => {
    expect(sniff(Buffer.concat([bom, Buffer.from(' '.repeat(65_536) + '{}')]))).toBe('json')
    expect(() => sniff(' '.repeat(65_537) + '{}')).toThrow(expect.objectContaining({ kind: 'malformed' }))
  })

  it.each([['hello'], ['"text"'], ['1'], ['\xef{}'], ['   '], ['\u0000{}']])('is refused for %j', (body) => {
    expect(() => sniff(Buffer.from(body, 'latin1'))).toThrow(
      expect.objectContaining({
        kind: 'malformed',
        details: expect.objectContaining({ code: 'not-health-data' }),
      }),
    )
  })

  it('of one line is NDJSON only where it was declared so', () => {
    expect(sniff('{"a":1}\n')).toBe('json')
    expect(sniff('{"a":1}\n', { declared: true })).toBe('ndjson')
    expect(sniff('{\n"a":1}\n', { declared: true })).toBe('json')
  })

  it('does not depend on how the body is cut into chunks', () => {
    const bodies = fc.constantFrom<Buffer | string>('{"a":1}\n{"a":2}', '{\n"a":{}\n}', '<a/>', zip, ' \n[1]')
    fc.assert(
      fc.property(
        bodies,
        fc.integer({ min: 1, max: 6 }),
        (body, cut) => sniff(body, { cut }) === sniff(body),
      ),
    )
  })
})
