import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { ServiceDefinition } from '@grpc/grpc-js'
import { fromJSON, type MessageTypeDefinition } from '@grpc/proto-loader'
import type { DocumentMessage, Fields } from './messages.ts'

const resolver = createRequire(import.meta.url)

/** The protocol as Google's own client ships it, so that server and client never disagree about a field. */
const definitions = fromJSON(
  resolver(join(dirname(resolver.resolve('@google-cloud/firestore/package.json')), 'build/protos/v1.json')),
  { longs: String, enums: String, oneofs: true, arrays: true, objects: true },
)

const service = definitions['google.firestore.v1.Firestore'] as ServiceDefinition
const requestSizes = new WeakMap<object, number>()

/** The service; requests remember how large they came in. */
export const firestoreDefinition: ServiceDefinition = Object.fromEntries(
  Object.entries(service).map(([name, method]) => {
    const requestDeserialize = (bytes: Buffer): object => {
      const request: object = method.requestDeserialize(bytes)
      requestSizes.set(request, bytes.length)
      return request
    }
    return [name, { ...method, requestDeserialize }]
  }),
)

/** How many bytes a request had on the wire. */
export function requestSize(request: object): number {
  return requestSizes.get(request) ?? 0
}

const documentType = definitions['google.firestore.v1.Document'] as MessageTypeDefinition<
  { readonly fields: Fields },
  DocumentMessage
>

/** Fields as protobuf bytes, map entries in the order of their names: equal fields give equal bytes. */
export function encodeFields(fields: Fields): Buffer {
  return documentType.serialize({ fields: sortKeys(fields) })
}

export function decodeFields(bytes: Uint8Array): Fields {
  return documentType.deserialize(Buffer.from(bytes)).fields ?? {}
}

function sortKeys(fields: Fields): Fields {
  return Object.fromEntries(
    Object.keys(fields)
      .sort()
      .map((key) => [key, sortValue(fields[key]!)]),
  )
}

function sortValue(value: Fields[string]): Fields[string] {
  if ('mapValue' in value) return { mapValue: { fields: sortKeys(value.mapValue.fields ?? {}) } }
  if ('arrayValue' in value) return { arrayValue: { values: (value.arrayValue.values ?? []).map(sortValue) } }
  return value
}
