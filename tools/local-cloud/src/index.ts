export { type CloudPart, PortTaken } from './cloud-parts.ts'
export { BadEnvironment, envToConfig } from './config.ts'
export {
  type GoogleEmulator,
  isGoogleEmulatorInstalled,
  startGoogleFirestoreEmulator,
  startGooglePubSubEmulator,
} from './conformance/google-emulators.ts'
export { type Fault, type FaultService } from './faults.ts'
export { freePort } from './free-port.ts'
export { type LocalCloud, type LocalCloudConfig, startLocalCloud } from './local-cloud.ts'
