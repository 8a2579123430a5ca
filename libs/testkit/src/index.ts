export { RAW_BUCKET, type ProvisionOptions, type PushTarget, provision } from './provision.ts'
export { type ServiceName, type ServiceProcess } from './service-process.ts'
export { pushAccount } from './service-environment.ts'
export { PROJECT_ID, type System, type SystemOptions, startSystem } from './system.ts'
