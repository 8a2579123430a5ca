import { PROBLEM_TYPE_BASE, problemSchema } from '@clarity/contracts'
import { Failure, type FailureKind, accountErased, unavailable } from '@clarity/failure'

/** What a person's request can be refused for by the service behind; anything else is our own fault there. */
const PASSED_ON: Readonly<Record<number, FailureKind>> = {
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  422: 'invalid',
}

/** The failure that a private service stated in its problem document. */
export function failureOfService(status: number, body: unknown): Failure {
  const problem = problemSchema.safeParse(body).data
  const code = problem?.type.startsWith(PROBLEM_TYPE_BASE)
    ? problem.type.slice(PROBLEM_TYPE_BASE.length)
    : undefined
  if (code === accountErased().details.code) return accountErased()
  const kind = PASSED_ON[status]
  if (kind === undefined || problem === undefined || code === undefined) {
    return unavailable({
      code: 'service-unavailable',
      detail: 'A part of this service cannot do its work.',
      retryAfterSeconds: 10,
    })
  }
  const { detail, errors } = problem
  return new Failure(kind, { code, detail, ...(errors && { errors }) })
}
