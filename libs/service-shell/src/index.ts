export {
  type Answer,
  type EventAnswer,
  type ServerSentEvent,
  type StreamAnswer,
  accepted,
  created,
  eventStream,
  noContent,
  ok,
  streamed,
} from './answer.ts'
export {
  type CommonConfig,
  commonEnv,
  commonEnvToConfig,
  exitOnBadEnv,
  parseEnv,
  refuseEmulatorsOnCloudRun,
} from './environment.ts'
export { envExample } from './env-example.ts'
export { type PushMessage, type PushRouteDefinition, pushRoute } from './push-route.ts'
export {
  type Caller,
  type PublicRequest,
  type RateLimit,
  type Route,
  type RouteDefinition,
  type SignedInRequest,
  route,
} from './route.ts'
export { runUntilSignal } from './run-until-signal.ts'
export { type ReadinessCheck, type Service, type ServiceOptions, createService } from './service.ts'
