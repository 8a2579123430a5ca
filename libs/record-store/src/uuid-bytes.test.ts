import { withUuids, withoutUuids } from './uuid-bytes.ts'

const uuid = '0F1E2D3C-4B5A-4978-8796-A5B4C3D2E1F0'

describe('identities split from their UUIDs', () => {
  it.each([
    [
      'of UUIDs alone',
      [uuid, 'FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF', '00000000-0000-0000-0000-000000000000'],
    ],
    ['of all kinds', ['content:0f1e', uuid, 0, 'sync:0f1e', uuid]],
    [
      'that only look like UUIDs',
      [uuid.toLowerCase(), uuid.replaceAll('-', '0'), uuid.replace('A', 'G'), ''],
    ],
    ['with letters beyond ASCII', [uuid.replace('F', 'ƒ')]],
    ['of none', []],
  ] as const)('are the same again, %s', (_, identities) => {
    expect(withUuids(withoutUuids(identities))).toEqual(identities)
  })

  it('take sixteen bytes of each UUID', () => {
    const { uuids, ids } = withoutUuids([uuid, 'sync:0f1e', 0, uuid])
    expect([uuids.length, ids]).toEqual([32, [1, 'sync:0f1e', 0, 1]])
    expect(Buffer.from(uuids.subarray(0, 16)).toString('hex')).toBe(uuid.replaceAll('-', '').toLowerCase())
  })
})
