import { aggregate } from './aggregation.ts'
import { type Backend, type Caller, readConsistently, toMessage } from './backend.ts'
import type {
  Aggregation,
  ConsistencySelector,
  DocumentMessage,
  StructuredQuery,
  Timestamp,
  Value,
} from './messages.ts'
import { type QueryPlan, planQuery, runPlan } from './query.ts'
import { parseParent } from './resource-names.ts'
import { StatusError, invalidArgument } from './status.ts'
import { toTimestamp } from './timestamps.ts'

export interface RunQueryRequest extends ConsistencySelector {
  readonly parent: string
  readonly structuredQuery?: StructuredQuery
  readonly explainOptions?: unknown
}

export interface RunQueryResponse {
  readonly transaction?: Buffer
  readonly document?: DocumentMessage
  readonly readTime?: Timestamp
  readonly skippedResults?: number
}

export async function runQuery(
  backend: Backend,
  request: RunQueryRequest,
  caller: Caller,
): Promise<RunQueryResponse[]> {
  refuseExplain(request)
  const plan = planQuery(parseParent(request.parent), required(request.structuredQuery))
  const { result, readTime, transaction } = await readConsistently(
    backend,
    readRequest(plan, request, caller),
    (at) => runPlan(backend.store, plan, at),
  )
  const time = toTimestamp(readTime)
  const answers =
    result.documents.length === 0 ? [{}] : result.documents.map((found) => ({ document: toMessage(found) }))
  const [first, ...others] = answers.map((answer) => ({ ...answer, readTime: time }))
  return [...(transaction ? [{ transaction }] : []), { ...first, skippedResults: result.skipped }, ...others]
}

export interface RunAggregationQueryRequest extends ConsistencySelector {
  readonly parent: string
  readonly structuredAggregationQuery?: {
    readonly structuredQuery?: StructuredQuery
    readonly aggregations: readonly Aggregation[]
  }
  readonly explainOptions?: unknown
}

export interface RunAggregationQueryResponse {
  readonly result?: { readonly aggregateFields: Record<string, Value> }
  readonly transaction?: Buffer | undefined
  readonly readTime?: Timestamp
}

export async function runAggregationQuery(
  backend: Backend,
  request: RunAggregationQueryRequest,
  caller: Caller,
): Promise<RunAggregationQueryResponse[]> {
  refuseExplain(request)
  const query = request.structuredAggregationQuery
  const plan = planQuery(parseParent(request.parent), required(query?.structuredQuery))
  const { result, readTime, transaction } = await readConsistently(
    backend,
    readRequest(plan, request, caller),
    (at) => aggregate(query?.aggregations ?? [], runPlan(backend.store, plan, at).documents),
  )
  const answer = { result: { aggregateFields: result }, readTime: toTimestamp(readTime) }
  return transaction ? [{ transaction }, answer] : [answer]
}

function readRequest({ walk }: QueryPlan, selector: ConsistencySelector, caller: Caller) {
  return { selector, database: walk.scope.parent.database, caller, targets: [{ scope: walk.scope }] }
}

function required(query: StructuredQuery | undefined): StructuredQuery {
  if (!query) throw invalidArgument('A structured query is required.')
  return query
}

function refuseExplain({ explainOptions }: { readonly explainOptions?: unknown }): void {
  if (explainOptions)
    throw new StatusError('UNIMPLEMENTED', 'explain_options is not implemented by the local cloud.')
}
