import { randomUUID } from 'node:crypto'
import { identityMark } from './identity-marks.ts'
import { withoutUuids } from './uuid-bytes.ts'
import { uuidMarks } from './uuid-marks.ts'

describe('marks of UUIDs as bytes', () => {
  it('are those of their texts', () => {
    const random = Array.from({ length: 100 }, () => randomUUID().toUpperCase())
    const ids = ['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', ...random]
    expect([...uuidMarks(withoutUuids(ids).uuids)]).toEqual(ids.map(identityMark))
  })
})
