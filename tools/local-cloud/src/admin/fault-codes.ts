import { status as GRPC_CODES } from '@grpc/grpc-js'
import type { FaultService } from '../faults.ts'

const GRPC_SERVICES: readonly FaultService[] = ['pubsub', 'firestore']

const GRPC_STATUS_OF_HTTP: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

/**
 * The code of a fault in the terms of its service: for gRPC services always a status name, from a name, a gRPC
 * number or an HTTP status. Undefined where the service has no such code.
 */
export function codeForService(service: FaultService, code: string | number): string | number | undefined {
  if (!GRPC_SERVICES.includes(service)) return code
  const names = Object.keys(GRPC_CODES).filter((name) => name !== 'OK' && Number.isNaN(Number(name)))
  if (typeof code === 'string') return names.find((name) => name === code)
  return (
    GRPC_STATUS_OF_HTTP[code] ?? names.find((name) => GRPC_CODES[name as keyof typeof GRPC_CODES] === code)
  )
}
