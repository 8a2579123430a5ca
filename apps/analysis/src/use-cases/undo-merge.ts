import { type AnalyseRestParts, createAnalyseRest } from './analyse-rest.ts'
import { type UploadRef, createWithdrawUpload } from './withdraw-upload.ts'

export type UndoMerge = (upload: UploadRef, signal: AbortSignal) => Promise<void>

/**
 * Takes what was merged of a body that cannot be read to its end out of the days again: a failed upload counts for
 * nothing. What another upload analysed with it meanwhile is analysed anew.
 */
export function createUndoMerge(parts: AnalyseRestParts): UndoMerge {
  const withdrawUpload = createWithdrawUpload(parts)
  const analyseRest = createAnalyseRest(parts)
  return async (upload, signal) => {
    const rest = await withdrawUpload(upload)
    if (rest !== null) await analyseRest(rest, upload, signal)
  }
}
