export {
  Failure,
  type FailureDetails,
  type FailureKind,
  type FieldError,
  conflict,
  forbidden,
  invalid,
  isFailure,
  isRetryable,
  malformed,
  notFound,
  rateLimited,
  tooLarge,
  unauthenticated,
  unavailable,
  unsupported,
} from './failure.ts'
export { accountErased, isGone, uploadDeleted } from './gone.ts'
