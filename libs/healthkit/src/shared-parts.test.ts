import { sharedSource, sharedUploadIds } from './shared-parts.ts'

const source = { name: 'Apple Watch', bundle_id: 'com.apple.health', product: 'Watch6,7' }

describe('parts that samples share', () => {
  it('are one object for equal sources, and another for others', () => {
    const first = sharedSource({ ...source })
    expect(sharedSource({ ...source })).toBe(first)
    for (const change of [{ name: null }, { bundle_id: null }, { product: 'Watch7,1' }]) {
      expect(sharedSource({ ...source, ...change })).toEqual({ ...source, ...change })
    }
  })

  it('are what they are of however many sources', () => {
    for (let index = 0; index < 3000; index += 1) {
      const other = { name: `Source ${index % 1500}`, bundle_id: null, product: `Product ${index}` }
      expect(sharedSource(other)).toEqual(other)
    }
  })

  it('are one list for the samples of a body', () => {
    const context = { uploadId: 'first', receivedAt: 0 }
    expect(sharedUploadIds(context)).toBe(sharedUploadIds(context))
    expect(sharedUploadIds({ ...context, uploadId: 'second' })).toEqual(['second'])
  })
})
