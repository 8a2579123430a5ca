import type { Identity } from './identity.ts'

export interface FirebaseIdentityOptions {
  readonly projectId: string
  /** The project's Identity Toolkit key. */
  readonly apiKey: string
  /** Where the issuer's x509 certificates are; the signature of every ID token is checked against them. */
  readonly certsUrl: string
  /** `host:port` of an emulator (`FIREBASE_AUTH_EMULATOR_HOST`); Google's hosts when absent. */
  readonly emulatorHost?: string
  /** How long one outside call may take; 5 s unless told. */
  readonly timeoutMs?: number
}

/** Identity on Firebase Authentication. */
export function createFirebaseIdentity(_options: FirebaseIdentityOptions): Identity {
  throw new Error('being written')
}
