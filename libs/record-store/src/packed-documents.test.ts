import { gzipSync } from 'node:zlib'
import { packSamples, type Sample } from '@clarity/health-data'
import { type DocumentSnapshot, Firestore } from '@google-cloud/firestore'
import { deflateSamples, splitSamples, unpack } from './packed-documents.ts'

const sample = (id: string, start: number): Sample => ({
  id,
  type: 'heart_rate',
  start,
  end: start,
  value: 60,
  unit: '/min',
  source: { name: 'Watch', bundle_id: null, product: null },
  user_entered: false,
  timezone: 'UTC',
  timezone_source: 'none',
  base_verdict: 'accepted',
  verdict: 'accepted',
  upload_ids: ['u1'],
})
const samples = [sample('0F1E2D3C-4B5A-4978-8796-A5B4C3D2E1F0', 1), sample('content:0f1e', 2)]

const ref = new Firestore({ projectId: 'none' }).doc('sample-days/2026-03-01')

const itemsOf = async (fields: object) => {
  const head = { exists: true, ref, get: () => 0, data: () => ({ parts: 0, ...fields }) }
  const [packed] = await unpack<Sample>(() => Promise.resolve([]), [head as unknown as DocumentSnapshot])
  return packed?.items
}

describe('the samples of a document', () => {
  it('are those that were deflated, whatever their identities', async () => {
    const split = splitSamples(samples)
    expect(split.uuids.length).toBe(16)
    expect(await itemsOf({ uuid_bytes: 16, bytes: await deflateSamples(split) })).toEqual(samples)
  })

  it('are those that were deflated, however many', async () => {
    const many = Array.from({ length: 9_000 }, (_, index) => ({
      ...sample(`content:${index}`, index),
      value: Math.sin(index),
    }))
    const split = splitSamples(many)
    expect(await itemsOf({ bytes: await deflateSamples(split) })).toEqual(many)
  })

  it('are read where their UUIDs were stored as texts', async () => {
    const bytes = gzipSync(JSON.stringify(packSamples(samples)))
    expect(await itemsOf({ bytes })).toEqual(samples)
  })
})
