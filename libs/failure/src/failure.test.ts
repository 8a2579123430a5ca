import { Failure, invalid, isFailure, isRetryable, notFound, unavailable } from './index.ts'

describe('failure', () => {
  it('keeps kind, details and cause', () => {
    const cause = new Error('inner')
    const failure = invalid({ detail: 'One field is wrong.', errors: [{ path: 'a', reason: 'b' }] }, cause)
    expect(failure).toBeInstanceOf(Failure)
    expect(failure).toMatchObject({ kind: 'invalid', cause, message: 'One field is wrong.' })
    expect(failure.details.errors).toEqual([{ path: 'a', reason: 'b' }])
  })

  it('says that only what is unavailable can be tried again', () => {
    expect(isRetryable(unavailable('Later.'))).toBe(true)
    expect(isRetryable(notFound('Gone.'))).toBe(false)
    expect(isRetryable(new Error('bug'))).toBe(false)
  })

  it('is told apart by kind', () => {
    expect(isFailure(notFound('Gone.'), 'not-found')).toBe(true)
    expect(isFailure(notFound('Gone.'), 'conflict')).toBe(false)
    expect(isFailure(new TypeError('bug'))).toBe(false)
  })
})
