import { createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { Server, ServerCredentials } from '@grpc/grpc-js'
import type { EmulatedService, ServiceContext } from '../emulated-service.ts'
import { createBackend } from './backend.ts'
import { firestoreMethods } from './methods.ts'
import { firestoreDefinition } from './proto.ts'
import { createStore } from './store.ts'

/** A running Firestore: `collections` counts the documents below each root collection. */
export interface FirestoreService extends EmulatedService {
  collections(): { name: string; documents: number }[]
}

const GRPC_OPTIONS = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 }

/**
 * Starts Firestore's gRPC service on 127.0.0.1 (`port` 0: any free one). State lies in the context's database,
 * transactions and listeners in memory.
 */
export async function startFirestore(
  context: ServiceContext,
  { port }: { readonly port: number },
): Promise<FirestoreService> {
  const store = createStore(context.database)
  const backend = createBackend(store)
  const grpc = new Server(GRPC_OPTIONS)
  grpc.addService(firestoreDefinition, firestoreMethods(backend, context.faults))
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure())
  // The listening socket is our own, so that a client's end is seen and its transactions need not wait for theirs.
  const connections = new Set<Socket>()
  const listener = createServer((socket) => {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`
    connections.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      connections.delete(socket)
      backend.transactions.disconnected(peer)
    })
    injector.injectConnection(socket)
  })
  listener.listen(port, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    collections: () => store.rootCollections(),
    reset: () => {
      backend.transactions.endAll()
      backend.changes.publish(store.clear(), store.clock.next())
    },
    async [Symbol.asyncDispose]() {
      backend.transactions.endAll()
      injector.destroy()
      grpc.forceShutdown()
      for (const socket of connections) socket.destroy()
      await new Promise<void>((resolve) => listener.close(() => resolve()))
    },
  }
}
