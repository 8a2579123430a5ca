import { fingerprint, identify, normalizeUuid, sourceKey } from './index.ts'
import { at } from '../tests/build-sample.ts'

const uuid = '1576ee6a-5b43-4229-b2ba-7a51187fa3db'
const parts = {
  type: 'heart_rate',
  source: { name: 'Sam’s Apple\u00a0Watch', bundle_id: null, product: null },
  start: at('2025-03-01T12:00:00.700Z'),
  end: at('2025-03-01T12:00:00.700Z'),
  value: 61,
  uuid: undefined,
}

describe('identity', () => {
  it('is the UUID in capitals where there is one', () => {
    expect(normalizeUuid(uuid)).toBe(uuid.toUpperCase())
    expect(identify({ ...parts, uuid: normalizeUuid(uuid) })).toBe(uuid.toUpperCase())
    expect([normalizeUuid(''), normalizeUuid(7), normalizeUuid(`${uuid}0`)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('has a digit or a dash at each of its places', () => {
    for (let place = 0; place < uuid.length; place += 1) {
      for (const other of ['g', '/', ':', '@', '`', 'é', uuid[place] === '-' ? '0' : '-']) {
        expect(normalizeUuid(uuid.slice(0, place) + other + uuid.slice(place + 1))).toBeUndefined()
      }
    }
  })

  it('is what the writer calls the sample where there is no UUID, whatever its version', () => {
    const first = identify({ ...parts, sync: { id: 'a', version: 1 } })
    expect(first).toMatch(/^sync:[0-9a-f]{32}$/)
    expect(identify({ ...parts, value: 70, sync: { id: 'a', version: 2 } })).toBe(first)
    expect(identify({ ...parts, sync: { id: 'b', version: 1 } })).not.toBe(first)
  })

  it('is the content otherwise, in whole seconds and six digits', () => {
    const id = identify(parts)
    const whole = at('2025-03-01T12:00:00Z')
    expect(identify({ ...parts, start: whole, end: whole, value: 61.0000001 })).toBe(id)
    expect(identify({ ...parts, source: { ...parts.source, name: "sam's apple watch " } })).toBe(id)
    for (const change of [{ value: 62 }, { type: 'resting_heart_rate' }, { end: whole + 5000 }, { min: 3 }]) {
      expect(identify({ ...parts, ...change })).not.toBe(id)
    }
  })

  it('holds no value that could be read back', () => {
    expect(identify(parts)).toMatch(/^content:[0-9a-f]{32}$/)
  })

  it('gives different texts different fingerprints', () => {
    const texts = Array.from(
      { length: 50_000 },
      (_, index) => `heart_rate|apple watch|${1_740_000_000 + index}|61.0000`,
    )
    expect(new Set(texts.map(fingerprint)).size).toBe(texts.length)
  })

  it('compares sources without regard to spaces, apostrophes and case', () => {
    expect(sourceKey({ name: null, bundle_id: 'com.Example', product: null })).toBe('com.example')
    expect(sourceKey({ name: null, bundle_id: null, product: null })).toBe('')
  })
})
