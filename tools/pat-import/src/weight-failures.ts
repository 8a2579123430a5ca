import { invalid } from '@clarity/failure'

/** The file cannot be read as weights: `invalid`, code `weights_unreadable`. */
export function unreadable(detail: string, cause?: unknown): Error {
  return invalid({ code: 'weights_unreadable', detail }, cause)
}

/** The weights are not PAT's: fails `invalid` with code `weights_unfit`, naming the tensor at fault. */
export function unfit(tensor: string, reason: string): never {
  throw invalid({
    code: 'weights_unfit',
    detail: `These are not PAT encoder weights: ${tensor} ${reason}.`,
    errors: [{ path: tensor, reason }],
  })
}
