import { GoogleError } from '../http/google-error.ts'

/** A refusal as Identity Toolkit writes it: the code, sometimes ` : ` and a sentence, is the message. */
export function authError(code: string, status = 400): GoogleError {
  return new GoogleError(status, 'invalid', code)
}
