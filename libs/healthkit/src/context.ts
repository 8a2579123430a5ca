/** What an upload says about all of its samples. */
export interface ReadContext {
  readonly uploadId: string
  /** Epoch milliseconds; samples that start more than a day later are implausible. */
  readonly receivedAt: number
  /** Valid IANA zone of the upload's header, if it named one. */
  readonly uploadTimezone?: string
  /** The user's setting at the time of receipt. */
  readonly userTimezone?: string
}
