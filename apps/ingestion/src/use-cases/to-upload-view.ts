import { type UploadView, uploadViewSchema } from '@clarity/contracts'
import type { UploadRecord } from '@clarity/record-store'

/** What an upload's owner sees of its record, beside how far it has come. */
export function toUploadView(upload: UploadRecord): UploadView {
  return uploadViewSchema.parse(upload)
}
