import { Firestore } from '@google-cloud/firestore'

/** Google's own client for an emulator at `host:port`. */
export function connect(host: string): Firestore {
  return new Firestore({
    projectId: 'demo-clarity',
    host,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  })
}
