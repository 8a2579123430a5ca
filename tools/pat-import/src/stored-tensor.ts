/** A dataset of the file, not read yet. */
export interface StoredTensor {
  readonly path: string
  readonly shape: readonly number[]
}
