import { type Processing, processingSchema } from '@clarity/contracts'
import type { UploadRecord } from '@clarity/record-store'

/** The part of an upload's record that its owner sees. */
export function toProcessing(upload: UploadRecord): Processing {
  return processingSchema.parse(upload)
}
