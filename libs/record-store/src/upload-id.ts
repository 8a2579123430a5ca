import { createHash } from 'node:crypto'

/** What makes a direct upload the same upload: who, which decoded bytes (hex sha256), and how often they were deleted before. */
export interface UploadContent {
  readonly userId: string
  readonly bodySha256: string
  readonly deletions: number
}

/** The id of a direct upload: a path-safe UUID (version 8) made from its content alone. */
export function uploadId({ userId, bodySha256, deletions }: UploadContent): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(['upload', userId, bodySha256, deletions]))
    .digest()
  hash[6] = ((hash[6] as number) & 0x0f) | 0x80
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
