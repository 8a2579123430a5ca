import { changedTombstones, tombstoneShard } from './tombstone-shards.ts'

describe('tombstone shards', () => {
  it('touch only the shards of the ids that change', () => {
    const changed = changedTombstones(new Map(), [{ id: 'A', upload_ids: ['u1'] }])
    expect([...changed.keys()]).toEqual([tombstoneShard('A')])
  })

  it('keep the other ids of a shard and drop one that no upload names any more', () => {
    const shard = tombstoneShard('A')
    const present = new Map([
      [
        shard,
        [
          { id: 'A', upload_ids: ['u1'] },
          { id: 'kept', upload_ids: ['u1'] },
        ],
      ],
    ])
    const changed = changedTombstones(present, [{ id: 'A', upload_ids: [] }])
    expect(changed.get(shard)).toEqual([{ id: 'kept', upload_ids: ['u1'] }])
  })
})
