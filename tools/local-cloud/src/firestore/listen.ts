import type { ServerDuplexStream } from '@grpc/grpc-js'
import { type Backend, toMessage } from './backend.ts'
import type { DocumentMessage, StructuredQuery, Timestamp } from './messages.ts'
import { planQuery, runPlan } from './query.ts'
import {
  type ResourcePath,
  formatName,
  parseDatabase,
  parseDocumentName,
  parseParent,
} from './resource-names.ts'
import { contains, samePath } from './scopes.ts'
import { invalidArgument } from './status.ts'
import type { DocumentStore, StoredDocument } from './store.ts'
import { type Micros, toTimestamp } from './timestamps.ts'

export interface ListenRequest {
  readonly database: string
  readonly addTarget?: {
    readonly targetId?: number
    readonly query?: { readonly parent: string; readonly structuredQuery?: StructuredQuery }
    readonly documents?: { readonly documents: readonly string[] }
    readonly resumeToken?: Uint8Array
    readonly readTime?: Timestamp
    readonly once?: boolean
  }
  readonly removeTarget?: number
}

export interface ListenResponse {
  readonly targetChange?: {
    readonly targetChangeType: 'NO_CHANGE' | 'ADD' | 'REMOVE' | 'CURRENT' | 'RESET'
    readonly targetIds: readonly number[]
    readonly resumeToken?: Buffer
    readonly readTime?: Timestamp
  }
  readonly documentChange?: { readonly document: DocumentMessage; readonly targetIds: readonly number[] }
  readonly documentDelete?: DocumentGone
  readonly documentRemove?: DocumentGone
}

interface DocumentGone {
  readonly document: string
  readonly removedTargetIds: readonly number[]
  readonly readTime: Timestamp
}

export type ListenStream = ServerDuplexStream<ListenRequest, ListenResponse>

interface Target {
  readonly id: number
  /** Documents asked for by name: the listener is told of each, also of those that do not exist. */
  readonly named: readonly ResourcePath[]
  readonly concerns: (path: ResourcePath) => boolean
  readonly evaluate: () => readonly StoredDocument[]
  /** Name → update time of what the listener holds. */
  known: Map<string, Micros>
}

/** One stream of a listener: answers each added target with its state, then with what commits change of it. */
export function serveListen(
  { store, changes }: Backend,
  stream: ListenStream,
): { add(request: ListenRequest): void; close(): void } {
  const targets = new Map<number, Target>()
  const send = (response: ListenResponse) => void stream.write(response)
  const settle = (time: Micros, type: 'NO_CHANGE' | 'CURRENT' = 'NO_CHANGE', targetIds: number[] = []) =>
    send({ targetChange: { targetChangeType: type, targetIds, ...moment(time) } })

  const unsubscribe = changes.subscribe((paths, time) => {
    const concerned = [...targets.values()].filter((target) => paths.some(target.concerns))
    if (concerned.length === 0) return
    for (const target of concerned) differences(store, target, time).forEach(send)
    settle(time)
  })

  const add = (request: NonNullable<ListenRequest['addTarget']>, database: string) => {
    const target = parseTarget(store, request, database)
    const time = store.clock.now()
    targets.set(target.id, target)
    send({ targetChange: { targetChangeType: 'ADD', targetIds: [target.id] } })
    // What happened since the token is not kept: a returning listener starts anew, and reports only differences.
    if (request.resumeToken?.length || request.readTime) {
      send({ targetChange: { targetChangeType: 'RESET', targetIds: [target.id] } })
    }
    for (const path of target.named) {
      if (!store.get(path)) send({ documentDelete: gone(path, target.id, time) })
    }
    differences(store, target, time).forEach(send)
    settle(time, 'CURRENT', [target.id])
    settle(time)
    if (request.once) remove(target.id)
  }
  const remove = (id: number) => {
    if (targets.delete(id)) send({ targetChange: { targetChangeType: 'REMOVE', targetIds: [id] } })
  }

  return {
    add(request) {
      if (request.addTarget) add(request.addTarget, parseDatabase(request.database))
      else if (request.removeTarget !== undefined) remove(request.removeTarget)
    },
    close: unsubscribe,
  }
}

function parseTarget(
  store: DocumentStore,
  { targetId, query, documents }: NonNullable<ListenRequest['addTarget']>,
  database: string,
): Target {
  const id = targetId ?? 0
  if (documents) {
    const named = documents.documents.map(parseDocumentName)
    if (named.some((path) => path.database !== database))
      throw invalidArgument('A target names another database.')
    return {
      id,
      named,
      concerns: (path) => named.some((other) => samePath(path, other)),
      evaluate: () => named.map((path) => store.get(path)).filter((document) => document !== undefined),
      known: new Map(),
    }
  }
  if (!query?.structuredQuery) throw invalidArgument('A target names neither documents nor a query.')
  const plan = planQuery(parseParent(query.parent), query.structuredQuery)
  return {
    id,
    named: [],
    concerns: (path) => contains(plan.walk.scope, path),
    evaluate: () => runPlan(store, plan).documents,
    known: new Map(),
  }
}

/** What the listener must hear to hold the target's present state; remembers that it has heard it. */
function differences(store: DocumentStore, target: Target, time: Micros): ListenResponse[] {
  const responses: ListenResponse[] = []
  const present = new Map<string, Micros>()
  for (const document of target.evaluate()) {
    const name = formatName(document.path)
    present.set(name, document.updated)
    if (target.known.get(name) === document.updated) continue
    responses.push({ documentChange: { document: toMessage(document), targetIds: [target.id] } })
  }
  for (const name of target.known.keys()) {
    if (present.has(name)) continue
    const path = parseDocumentName(name)
    const departed = gone(path, target.id, time)
    responses.unshift(store.get(path) ? { documentRemove: departed } : { documentDelete: departed })
  }
  target.known = present
  return responses
}

function gone(path: ResourcePath, targetId: number, time: Micros): DocumentGone {
  return { document: formatName(path), removedTargetIds: [targetId], readTime: toTimestamp(time) }
}

function moment(time: Micros): { resumeToken: Buffer; readTime: Timestamp } {
  return { resumeToken: Buffer.from(String(time)), readTime: toTimestamp(time) }
}
