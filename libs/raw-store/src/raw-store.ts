import type { Readable } from 'node:stream'

/** One version of one stored object: its path inside the bucket and Cloud Storage's generation number as text. */
export interface ObjectRef {
  readonly path: string
  readonly generation: string
}

/** The bytes of one upload exactly as the client sent them, with what is needed to read them again. */
export interface RawObject {
  readonly path: string
  readonly bytes: Buffer
  readonly contentType: string
  /** `gzip` where the bytes are gzip as received; they are stored so and never inflated by the store. */
  readonly contentEncoding?: 'gzip'
  /** The container seen in the first bytes: `json`, `ndjson`, `xml` or `zip`. */
  readonly format: string
  /** Hex sha256 of the decoded body. */
  readonly sha256: string
}

/** An object that a client is going to send by itself. */
export interface AnnouncedObject {
  readonly path: string
  readonly contentType: string
  readonly contentEncoding?: 'gzip'
  readonly bytes: number
  /** Kept with the object and told when it is complete. */
  readonly metadata: Readonly<Record<string, string>>
}

/** A stored object being read: `stream` gives the bytes as stored; `size` counts those bytes. */
export interface OpenedObject {
  readonly stream: Readable
  readonly contentType: string
  readonly contentEncoding: 'gzip' | undefined
  readonly size: number
}

/** Raw uploads, written once and never changed. Every call fails as `unavailable` where the store gives no answer in time. */
export interface RawStore {
  /** Writes the object unless its path is taken, and answers the generation that stands there afterwards. */
  putOnce(object: RawObject, signal?: AbortSignal): Promise<{ generation: string; created: boolean }>
  /**
   * Opens a resumable session of Cloud Storage that writes the object once, and answers its URL: whoever has it may
   * send the bytes, for a week.
   */
  openSession(object: AnnouncedObject, signal?: AbortSignal): Promise<string>
  /**
   * Opens one generation for reading. `not-found` where that generation is gone. The stream checks the crc32c at
   * its end and fails as `unavailable` where bytes are missing or differ.
   */
  open(ref: ObjectRef, signal?: AbortSignal): Promise<OpenedObject>
  /** Deletes exactly that generation; one that is gone already is fine. */
  deleteGeneration(ref: ObjectRef, signal?: AbortSignal): Promise<void>
  /** Deletes whatever generation stands at that path; none is fine. Answers whether one stood there. */
  deleteObject(path: string, signal?: AbortSignal): Promise<boolean>
  /** Resolves when the bucket can be reached, for readiness. */
  check(signal?: AbortSignal): Promise<void>
  /** `gs://bucket/path`. */
  objectUri(path: string): string
}
