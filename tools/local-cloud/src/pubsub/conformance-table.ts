import type { ConformanceCase } from './conformance/conformance-case.ts'
import { publishCases, pullCases } from './conformance/delivery-cases.ts'
import { pushCases } from './conformance/push-cases.ts'
import { resourceCases } from './conformance/resource-cases.ts'

/** What the local cloud's Pub/Sub and Google's answer alike, through Google's own client. */
export const conformanceTable: readonly ConformanceCase[] = [
  ...resourceCases,
  ...publishCases,
  ...pullCases,
  ...pushCases,
]
