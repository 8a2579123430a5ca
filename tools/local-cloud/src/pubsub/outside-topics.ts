import { credentials, makeGenericClientConstructor } from '@grpc/grpc-js'
import type { Topics } from '../topics.ts'
import { publisherDefinition } from './protocol.ts'

/** Sends what parts of this cloud publish to the topics of an outside Pub/Sub emulator at `host:port`. */
export function serveTopicsFrom(host: string, topics: Topics): Disposable {
  const Publisher = makeGenericClientConstructor(publisherDefinition, 'Publisher')
  const client = new Publisher(host, credentials.createInsecure())
  topics.serve(({ topic, data, attributes }) => {
    // A topic that is gone loses its messages, as it does to Cloud Storage.
    client['Publish']?.({ topic, messages: [{ data, attributes }] }, () => undefined)
  })
  return { [Symbol.dispose]: () => client.close() }
}
