import type { z } from 'zod'
import { uploadRecordSchema } from './upload.ts'

/** One upload as its owner sees it in a list and in the export. */
export const uploadViewSchema = uploadRecordSchema.omit({
  user_id: true,
  object_path: true,
  generation: true,
  body_sha256: true,
  published_at: true,
})
export type UploadView = z.infer<typeof uploadViewSchema>
