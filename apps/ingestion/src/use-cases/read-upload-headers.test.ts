import { readUploadHeaders } from './read-upload-headers.ts'

const read = (headers: Record<string, string>) => readUploadHeaders((name) => headers[name])
const json = { 'content-type': 'application/json' }

describe('readUploadHeaders', () => {
  it.each([
    ['application/json'],
    ['Application/JSON; charset=utf-8'],
    ['application/x-ndjson'],
    ['application/fhir+json'],
    ['application/xml'],
    ['text/xml'],
    ['application/zip'],
  ])('takes %s', (type) => {
    expect(read({ 'content-type': type }).contentType).toBe(type.toLowerCase().split(';')[0])
  })

  it.each([['text/plain'], ['multipart/form-data; boundary=x'], ['']])('refuses the type %j', (type) => {
    expect(() => read({ 'content-type': type })).toThrow(expect.objectContaining({ kind: 'unsupported' }))
  })

  it('takes gzip and identity and refuses every other encoding', () => {
    expect(read({ ...json, 'content-encoding': 'GZIP' }).contentEncoding).toBe('gzip')
    expect(read({ ...json, 'content-encoding': 'identity' }).contentEncoding).toBeNull()
    for (const encoding of ['br', 'gzip, gzip', 'deflate']) {
      expect(() => read({ ...json, 'content-encoding': encoding })).toThrow(
        expect.objectContaining({ kind: 'unsupported' }),
      )
    }
  })

  it('ignores a bad zone with a warning and keeps a good one', () => {
    expect(read({ ...json, 'x-timezone': 'Europe/Berlin' })).toMatchObject({
      timezone: 'Europe/Berlin',
      warnings: [],
    })
    expect(read({ ...json, 'x-timezone': 'Mars/Olympus' })).toMatchObject({
      timezone: undefined,
      warnings: ['X-Timezone names no IANA time zone and was ignored.'],
    })
  })

  it('takes a key of up to 255 characters', () => {
    expect(read({ ...json, 'idempotency-key': 'k'.repeat(255) }).idempotencyKey).toHaveLength(255)
    expect(read({ ...json, 'idempotency-key': ' ' }).idempotencyKey).toBeUndefined()
    expect(() => read({ ...json, 'idempotency-key': 'k'.repeat(256) })).toThrow(
      expect.objectContaining({ kind: 'invalid' }),
    )
  })
})
