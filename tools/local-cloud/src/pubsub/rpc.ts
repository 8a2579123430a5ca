import type { handleUnaryCall, ServerUnaryCall } from '@grpc/grpc-js'
import type { Faults } from '../faults.ts'
import { injectedFault, StatusError } from '../firestore/status.ts'

/** One call's work: the request in, the answer or a `StatusError` out. */
export type UnaryWork<Request> = (
  request: Request,
  call: ServerUnaryCall<Request, object>,
) => object | Promise<object>

/** Makes handlers of a service's methods; each call first meets the faults injected into it. */
export function unaryHandlers(
  faults: Faults,
  // The requests' types differ from method to method, and the gRPC server checks them against the protocol.
  methods: Record<string, UnaryWork<never>>,
): Record<string, handleUnaryCall<unknown, object>> {
  return Object.fromEntries(
    Object.entries(methods).map(([name, work]) => [name, handler(faults, name, work as UnaryWork<unknown>)]),
  )
}

function handler(faults: Faults, method: string, work: UnaryWork<unknown>): handleUnaryCall<unknown, object> {
  return (call, callback) => {
    const answer = async () => {
      const code = await faults.take('pubsub', method)
      if (code !== undefined) throw injectedFault(code, method)
      return work(call.request, call)
    }
    answer().then(
      (value) => callback(null, value),
      (error: unknown) => callback(toStatus(error)),
    )
  }
}

/** The failure as a gRPC server sends it; what is not a `StatusError` is a bug of the local cloud: INTERNAL. */
export function toStatus(error: unknown): StatusError {
  if (error instanceof StatusError) return error
  return new StatusError('INTERNAL', error instanceof Error ? error.message : 'unknown')
}
