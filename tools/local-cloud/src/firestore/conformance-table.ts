import type { ConformanceCase } from './conformance/conformance-case.ts'
import { QUERY_CASES } from './conformance/query-cases.ts'
import { REFUSAL_CASES } from './conformance/refusal-cases.ts'
import { STRUCTURE_CASES } from './conformance/structure-cases.ts'
import { TRANSACTION_CASES } from './conformance/transaction-cases.ts'
import { TRANSFORM_CASES } from './conformance/transform-cases.ts'
import { WRITE_CASES } from './conformance/write-cases.ts'

/** What must hold through Google's own client, against this emulator and against Google's. */
export const FIRESTORE_CONFORMANCE: readonly ConformanceCase[] = [
  ...WRITE_CASES,
  ...TRANSFORM_CASES,
  ...TRANSACTION_CASES,
  ...QUERY_CASES,
  ...STRUCTURE_CASES,
  ...REFUSAL_CASES,
]
