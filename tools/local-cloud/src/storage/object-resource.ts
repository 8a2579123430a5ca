import type { StoredBucket, StoredObject } from './store.ts'

/** The object as the JSON API answers it (`storage#object`). */
export function objectResource(object: StoredObject, origin: string) {
  const { bucket, name, generation, metageneration, fields } = object
  const path = `/b/${encodeURIComponent(bucket)}/o/${encodeURIComponent(name)}`
  return {
    kind: 'storage#object',
    id: `${bucket}/${name}/${generation}`,
    selfLink: `${origin}/storage/v1${path}`,
    mediaLink: `${origin}/download/storage/v1${path}?generation=${generation}&alt=media`,
    name,
    bucket,
    generation: String(generation),
    metageneration: String(metageneration),
    storageClass: 'STANDARD',
    size: String(object.size),
    md5Hash: object.md5Hash,
    crc32c: object.crc32c,
    etag: etagOf(object),
    timeCreated: object.timeCreated,
    updated: object.updated,
    timeFinalized: object.timeCreated,
    timeStorageClassUpdated: object.timeCreated,
    ...fields,
  }
}

/** The entity tag of one state of an object: it changes with the bytes and with the metadata. */
export function etagOf(object: StoredObject): string {
  return Buffer.from(`${object.generation}/${object.metageneration}`).toString('base64')
}

/** The bucket as the JSON API answers it (`storage#bucket`). */
export function bucketResource(bucket: StoredBucket, origin: string) {
  return {
    kind: 'storage#bucket',
    id: bucket.name,
    selfLink: `${origin}/storage/v1/b/${encodeURIComponent(bucket.name)}`,
    projectNumber: '0',
    location: 'US',
    locationType: 'multi-region',
    storageClass: 'STANDARD',
    ...bucket.fields,
    name: bucket.name,
    metageneration: String(bucket.metageneration),
    etag: Buffer.from(String(bucket.metageneration)).toString('base64'),
    timeCreated: bucket.timeCreated,
    updated: bucket.updated,
  }
}
