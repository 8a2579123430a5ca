import { uploadId } from './upload-id.ts'

const content = { userId: 'u1', bodySha256: 'ab'.repeat(32), deletions: 0 }

describe('uploadId', () => {
  it('is a path-safe UUID made from the content alone', () => {
    expect(uploadId(content)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(uploadId({ ...content })).toBe(uploadId(content))
  })

  it('differs by user, by bytes and by how often the bytes were deleted before', () => {
    const ids = [
      content,
      { ...content, userId: 'u2' },
      { ...content, bodySha256: 'cd'.repeat(32) },
      { ...content, deletions: 1 },
    ].map(uploadId)
    expect(new Set(ids).size).toBe(4)
  })
})
