export { type CloudPart, type LocalCloud, type LocalCloudConfig, startLocalCloud } from './local-cloud.ts'
export { type Fault, type FaultService } from './faults.ts'
