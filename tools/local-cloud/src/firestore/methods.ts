import type {
  ServerUnaryCall,
  ServerWritableStream,
  UntypedServiceImplementation,
  sendUnaryData,
} from '@grpc/grpc-js'
import type { Faults } from '../faults.ts'
import type { Backend, Caller } from './backend.ts'
import { type ListenStream, serveListen } from './listen.ts'
import { firestoreDefinition, requestSize } from './proto.ts'
import { runAggregationQuery, runQuery } from './query-methods.ts'
import { batchGetDocuments, getDocument, listCollectionIds, listDocuments } from './read-methods.ts'
import { StatusError, injectedFault, invalidArgument } from './status.ts'
import {
  batchWrite,
  beginTransaction,
  commit,
  createDocument,
  deleteDocument,
  rollback,
  updateDocument,
} from './write-methods.ts'

type Method<Request, Answer> = (
  backend: Backend,
  request: Request,
  caller: Caller,
) => Answer | Promise<Answer>

// The proto loader hands each method the message that its definition names.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyMethod<Answer> = Method<any, Answer>

const UNARY: Record<string, AnyMethod<unknown>> = {
  GetDocument: getDocument,
  ListDocuments: listDocuments,
  CreateDocument: createDocument,
  UpdateDocument: updateDocument,
  DeleteDocument: deleteDocument,
  BeginTransaction: beginTransaction,
  Commit: commit,
  Rollback: rollback,
  BatchWrite: batchWrite,
  ListCollectionIds: listCollectionIds,
}

const STREAMING: Record<string, AnyMethod<readonly unknown[]>> = {
  BatchGetDocuments: batchGetDocuments,
  RunQuery: runQuery,
  RunAggregationQuery: runAggregationQuery,
}

/** The service's methods for gRPC: those implemented, and UNIMPLEMENTED with its name for each other. */
export function firestoreMethods(backend: Backend, faults: Faults): UntypedServiceImplementation {
  const implementation: UntypedServiceImplementation = {}
  for (const name of Object.keys(firestoreDefinition)) {
    const unary = UNARY[name]
    const streaming = STREAMING[name]
    if (unary) implementation[name] = answerOne(name, unary, { backend, faults })
    else if (streaming) implementation[name] = answerMany(name, streaming, { backend, faults })
    else if (name === 'Listen') implementation[name] = listen({ backend, faults })
    else implementation[name] = unimplemented(name)
  }
  return implementation
}

interface Surroundings {
  readonly backend: Backend
  readonly faults: Faults
}

function answerOne(name: string, method: AnyMethod<unknown>, { backend, faults }: Surroundings) {
  return async (call: ServerUnaryCall<object, unknown>, callback: sendUnaryData<unknown>) => {
    try {
      await takeFault(faults, name)
      checkSize(call.request)
      callback(null, await method(backend, call.request, callerOf(call)))
    } catch (error) {
      callback(toStatus(error, name))
    }
  }
}

function answerMany(name: string, method: AnyMethod<readonly unknown[]>, { backend, faults }: Surroundings) {
  return async (call: ServerWritableStream<object, unknown>) => {
    try {
      await takeFault(faults, name)
      checkSize(call.request)
      const caller = callerOf(call)
      for (const response of await method(backend, call.request, caller)) {
        if (caller.signal.aborted) return
        if (!call.write(response)) await drained(call, caller.signal)
      }
      call.end()
    } catch (error) {
      call.emit('error', toStatus(error, name))
    }
  }
}

function drained(call: ServerWritableStream<object, unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    call.once('drain', resolve)
    signal.addEventListener('abort', () => resolve())
  })
}

function listen({ backend, faults }: Surroundings) {
  return (stream: ListenStream) => {
    const session = serveListen(backend, stream)
    const fail = (error: unknown) => {
      session.close()
      stream.emit('error', toStatus(error, 'Listen'))
    }
    stream.on('data', (request) => {
      takeFault(faults, 'Listen')
        .then(() => session.add(request))
        .catch(fail)
    })
    stream.on('cancelled', () => session.close())
    stream.on('end', () => {
      session.close()
      stream.end()
    })
  }
}

function unimplemented(name: string) {
  const error = new StatusError(
    'UNIMPLEMENTED',
    `google.firestore.v1.Firestore/${name} is not implemented by the local cloud.`,
  )
  return (call: { emit(event: 'error', error: StatusError): void }, callback?: sendUnaryData<unknown>) =>
    callback ? callback(error) : call.emit('error', error)
}

/** Firestore's limit, "10 MiB" in its documentation. */
const MAX_REQUEST_BYTES = 11_534_336

function checkSize(request: object): void {
  if (requestSize(request) <= MAX_REQUEST_BYTES) return
  throw invalidArgument(`Request payload size exceeds the limit: ${MAX_REQUEST_BYTES} bytes.`)
}

async function takeFault(faults: Faults, name: string): Promise<void> {
  const code = await faults.take('firestore', name)
  if (code !== undefined) throw injectedFault(code, name)
}

function callerOf(call: {
  getPeer(): string
  on(event: 'cancelled', listener: () => void): unknown
}): Caller {
  const controller = new AbortController()
  call.on('cancelled', () => controller.abort())
  return { peer: call.getPeer(), signal: controller.signal }
}

/** Failures of our own as they are; anything else is a bug and INTERNAL. */
function toStatus(error: unknown, name: string): StatusError {
  if (error instanceof StatusError) return error
  return new StatusError('INTERNAL', `${name}: ${error instanceof Error ? error.message : String(error)}`)
}
