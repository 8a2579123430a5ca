export { createFirebaseIdentity, type FirebaseIdentityOptions } from './firebase-identity.ts'
export type { Account, Caller, Credentials, Identity, Session } from './identity.ts'
export { createPushVerifier, type PushVerifier, type PushVerifierOptions } from './push-verifier.ts'
export {
  createServiceVerifier,
  type ServiceVerifier,
  type ServiceVerifierOptions,
} from './service-verifier.ts'
export {
  createServiceClient,
  type ServiceAnswer,
  type ServiceCall,
  type ServiceClient,
  type ServiceClientOptions,
} from './service-client.ts'
