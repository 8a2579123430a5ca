import { type Failure, malformed, tooLarge } from '@clarity/failure'

/** The bytes are not what their container promises. */
export function malformedBody(detail: string, cause?: unknown): Failure {
  return malformed({ code: 'malformed_body', detail }, cause)
}

/** Readable, but sent by no client that is known. */
export function unknownShape(): Failure {
  return malformed({ code: 'unknown_shape', detail: 'The body has no shape that this service reads.' })
}

/** More bytes than the limit after inflating. */
export function inflatesTooFar(maxBytes: number): Failure {
  return tooLarge({ code: 'too_large', detail: `The body inflates to more than ${maxBytes} bytes.` })
}

/** One element of a body that is larger than can be held at once. */
export function elementTooLarge(maxBytes: number): Failure {
  return tooLarge({
    code: 'element_too_large',
    detail: `One element of the body has more than ${maxBytes} bytes.`,
  })
}

/** So many samples before what they are that they cannot wait for it. */
export function tellsTooLate(): Failure {
  return tooLarge({
    code: 'element_too_large',
    detail: 'A list of the body is too long to be held until the body says what it lists.',
  })
}
