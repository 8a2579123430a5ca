/** One upload that its owner deleted: what is left to say of it once its record is gone. */
export interface Deletion {
  readonly upload_id: string
  /** Path of the raw object inside the bucket. */
  readonly object_path: string
  /** Null where the upload's bytes were not known to be stored. */
  readonly generation: string | null
  readonly deleted_at: string
  /** When `upload.deleted` was published, null before. */
  readonly published_at: string | null
  /** When its samples were taken out of the days, null before. */
  readonly withdrawn_at: string | null
  /** When `ml-predictions` was published because of this deletion, by analysis id. */
  readonly announced: Readonly<Record<string, string>>
}

/** What merging noted of an upload: where its samples lie. */
export interface UploadReach {
  readonly utcDates: readonly string[]
  /** Whether it brought tombstones, whose samples may lie anywhere. */
  readonly buries: boolean
}

/** Deleted uploads. Every call may be repeated and then ends as the first one would have. */
export interface Deletions {
  /**
   * Takes the upload's record away, notes the deletion, counts it for the next upload of the same bytes and writes
   * the audit record, in one transaction. A deletion that is noted but not published yet is answered again; `null`
   * where there is nothing to delete.
   */
  begin(userId: string, uploadId: string, at: string): Promise<Deletion | null>
  get(userId: string, uploadId: string): Promise<Deletion | null>
  markPublished(userId: string, uploadId: string, at: string): Promise<void>
  /** Says that no day holds anything of it: from now on no analysis that read it is written. */
  markWithdrawn(userId: string, uploadId: string, at: string): Promise<void>
  markAnnounced(
    userId: string,
    uploadId: string,
    announced: { analysisId: string; at: string },
  ): Promise<void>
  /** Where samples of this upload lie, as the transactions that merged them noted. */
  reach(userId: string, uploadId: string): Promise<UploadReach>
  /** Takes this upload's name off every tombstone; those that no other upload brought are gone. */
  withdrawTombstones(userId: string, uploadId: string): Promise<void>
  /** Removes the analyses that read this upload, with their insights; answers how many analyses. */
  removeReaders(userId: string, uploadId: string): Promise<number>
  /** Forgets where the upload's samples lay, once they are gone. */
  forgetReach(userId: string, uploadId: string): Promise<void>
}
