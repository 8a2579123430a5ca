import { type Failure, malformed, tooLarge, unsupported } from '@clarity/failure'
import express, { type Request, type Response } from 'express'

/** Reads a JSON body of at most `limitBytes`; undefined where the request has none. */
export function readJson(request: Request, response: Response, limitBytes: number): Promise<unknown> {
  let isEmpty = true
  const verify = (_request: unknown, _response: unknown, bytes: Buffer): void => {
    isEmpty = bytes.length === 0
  }
  const read = express.json({ limit: limitBytes, strict: false, type: () => true, verify })
  return new Promise((resolve, reject) => {
    read(request, response, (error?: unknown) => {
      if (error === undefined) resolve(isEmpty ? undefined : request.body)
      else reject(bodyFailure(error, limitBytes))
    })
  })
}

function bodyFailure(error: unknown, limitBytes: number): Failure {
  const status = error instanceof Error && 'status' in error ? error.status : 400
  if (status === 413) {
    return tooLarge({ code: 'body-too-large', detail: `The body may have ${limitBytes} bytes at most.` })
  }
  if (status === 415) return unsupported('The body has an unknown encoding or character set.')
  return malformed('The body is not JSON.')
}
