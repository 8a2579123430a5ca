import { createServer } from 'node:net'

/** The parts of the local cloud; each listens on a port of its own on 127.0.0.1. */
export const CLOUD_PARTS = [
  'admin',
  'pubsub',
  'firestore',
  'storage',
  'auth',
  'vertex',
  'otlp',
  'metadata',
] as const
export type CloudPart = (typeof CLOUD_PARTS)[number]

/** The environment variable that moves the port of each part. */
export const PORT_VARIABLES: Readonly<Record<CloudPart, string>> = {
  admin: 'LOCAL_CLOUD_PORT',
  pubsub: 'PUBSUB_PORT',
  firestore: 'FIRESTORE_PORT',
  storage: 'STORAGE_PORT',
  auth: 'AUTH_PORT',
  vertex: 'VERTEX_PORT',
  otlp: 'OTLP_PORT',
  metadata: 'METADATA_PORT',
}

/** A port is taken; the message is one line that names it and the variable which moves it. */
export class PortTaken extends Error {
  readonly port: number
  readonly variable: string

  constructor(port: number, variable: string) {
    super(`Port ${port} is taken; set ${variable} to a free one.`)
    this.name = 'PortTaken'
    this.port = port
    this.variable = variable
  }
}

/** Throws `PortTaken` where something listens on the part's port already; port 0 is always free. */
export async function checkPort(part: CloudPart, port: number): Promise<void> {
  if (port === 0) return
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port, PORT_VARIABLES[part]) : error),
    )
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve()))
  })
}
